import { contact, from, lead, to } from './case-words.ts';
import { writeCases } from './write-cases.ts';

/** Names of other scripts and orders, and what becomes of them in Latin letters. */
export const OTHER_SCRIPT_CASES = writeCases('other-scripts', [
  {
    id: 'cyrillic-record-latin-mail',
    why: 'The record is in Cyrillic, the mail in Latin letters.',
    unknown: from('Ivan Petrov', 'ivan.petrov@stroymash.test'),
    people: [
      contact('Иван', 'Петров', 'zakaz@stroy.example', { id: 'petrov' }),
      contact('Игорь', 'Павлов', 'pavlov@stroy.example', { id: 'pavlov' }),
    ],
    expected: 'petrov',
  },
  {
    id: 'latin-record-cyrillic-mail',
    why: 'The mail program writes the name in Cyrillic, the record is in Latin letters.',
    unknown: from('Щербакова Юлия', 'yu-shcher@yandex.ru'),
    people: [
      contact('Yulia', 'Shcherbakova', 'yulia@lenta.example'),
      contact('Yuri', 'Shevchenko', 'yuri@lenta.example'),
    ],
    expected: 'yulia-shcherbakova',
  },
  {
    id: 'german-transliteration',
    why: 'Tschernyschow is Chernyshov: German and English transliterate differently.',
    unknown: from('Alexej Tschernyschow', 'tschernyschow@papier-ost.test'),
    people: [
      contact('Alexey', 'Chernyshov', 'a.chernyshov@bumaga.example'),
      contact('Alexander', 'Tscherny', 'tscherny@papier.example'),
    ],
    expected: 'alexey-chernyshov',
  },
  {
    id: 'ukrainian-and-russian-form',
    why: 'Володимир is Vladimir in Russian; the surname is the same.',
    unknown: from('Володимир Гнатюк', 'hnatiuk.v@ukr.net'),
    people: [
      contact('Vladimir', 'Gnatyuk', 'gnatyuk@agro.example'),
      contact('Volodymyr', 'Hnatenko', 'hnatenko@agro.example'),
    ],
    expected: 'vladimir-gnatyuk',
  },
  {
    id: 'same-surname-in-both-scripts',
    why: 'Ковальчук is as common as Smith, and the first name is another.',
    unknown: from('Оксана Ковальчук', 'oksana.k@i.ua'),
    people: [
      contact('Ostap', 'Kovalchuk', 'ostap@mebli.example'),
      contact('Оксана', 'Коваленко', 'ok@sad.example', { id: 'kovalenko' }),
    ],
    expected: 'none',
  },
  {
    id: 'patronymic',
    why: 'The full form has a patronymic between.',
    unknown: from('Ольга Николаевна Белова', 'o.belova@arkhiv.test'),
    people: [
      contact('Olga', 'Belova', 'belova@muzei.example'),
      contact('Olesya', 'Belousova', 'olesya@muzei.example'),
    ],
    expected: 'olga-belova',
  },
  {
    id: 'greek-record',
    why: 'Γιώργος Παπαδάκης writes himself Giorgos Papadakis.',
    unknown: from('Giorgos Papadakis', 'gpapadakis@kriti-oil.test'),
    people: [
      contact('Γιώργος', 'Παπαδάκης', 'info@elaiolado.example', { id: 'papadakis' }),
      contact('Γιάννης', 'Παπαδόπουλος', 'gp@nisia.example', { id: 'papadopoulos' }),
    ],
    expected: 'papadakis',
  },
  {
    id: 'greek-mail-english-first-name',
    why: 'In English he calls himself George.',
    unknown: from('Γεώργιος Χατζής', 'g.chatzis@naxos-marmara.test'),
    people: [
      contact('George', 'Hatzis', 'george@marble.example'),
      contact('Gregory', 'Chatzos', 'gregory@chatzos.example'),
    ],
    expected: 'george-hatzis',
  },
  {
    id: 'japanese-order-latin',
    why: 'Surname first, in capitals, as on Japanese cards.',
    unknown: from('YAMADA Taro', 't-yamada@tobira.test'),
    people: [
      contact('Taro', 'Yamada', 'yamada@mado.example'),
      contact('Jiro', 'Yamada', 'jiro@yamada-kogyo.example'),
    ],
    expected: 'taro-yamada',
  },
  {
    id: 'japanese-script-local-part',
    why: 'The name is in kanji, the local part gives its reading.',
    unknown: from('中村 さくら', 'sakura.nakamura@hana.test'),
    people: [
      contact('Sakura', 'Nakamura', 's.nakamura@hanaya.example'),
      contact('Saki', 'Nakano', 'saki@nakano.example'),
    ],
    expected: 'sakura-nakamura',
  },
  {
    id: 'kanji-on-both-sides',
    why: 'Kanji without a space between the names, and the record has them apart.',
    unknown: from('高橋健一', 'kt-1971@yahoo.co.jp'),
    people: [
      contact('健一', '高橋', 'takahashi@seimitsu.example', { id: 'takahashi-kenichi' }),
      contact('健二', '高橋', 'kenji@seimitsu.example', { id: 'takahashi-kenji' }),
      contact('健一', '高田', 'takada@kikai.example', { id: 'takada' }),
    ],
    expected: 'takahashi-kenichi',
  },
  {
    id: 'long-vowel',
    why: 'Ohno, Oono and Ōno are one name.',
    unknown: from('Yuko Ohno', 'yuko.ohno@washi.test'),
    people: [
      contact('Yūko', 'Ōno', 'y.ono@kami.example', { id: 'ono' }),
      contact('Yuka', 'Ohana', 'yuka@ohana.example'),
    ],
    expected: 'ono',
  },
  {
    id: 'chinese-surname-first',
    why: 'Chinese order, given name in one word or two.',
    unknown: from('Zhang Xiao Ming', 'zxm_8899@163.com'),
    people: [
      contact('Xiaoming', 'Zhang', 'xm.zhang@dengju.example'),
      contact('Xiaoling', 'Zhang', 'xl.zhang@dengju.example'),
    ],
    expected: 'xiaoming-zhang',
  },
  {
    id: 'chinese-characters-and-english-name',
    why: 'He trades as Kevin Li; characters and the reading are of one man, told in the signature.',
    unknown: from('李国强', '365118@qq.com'),
    text: 'Dear Dana,\n\nsample is ready.\n\nKevin Li (李国强)\nSales manager\n',
    people: [
      lead('Kevin', 'Li', 'kevin@hangbo-lighting.example'),
      contact('Kelvin', 'Liu', 'kelvin@liu-trading.example'),
    ],
    expected: 'kevin-li',
  },
  {
    id: 'chinese-surname-only',
    why: 'Wang is the surname of ninety million.',
    unknown: from('王先生', 'wang_888@qq.com'),
    people: [
      contact('Jianguo', 'Wang', 'wangjianguo@taoci.example'),
      contact('Fang', 'Wang', 'fang.wang@boli.example'),
    ],
    expected: 'none',
  },
  {
    id: 'simplified-and-traditional',
    why: '张 and 張 are one surname in two writings.',
    unknown: from('張偉民', 'wm.cheung@kowloon-print.test'),
    people: [
      contact('伟民', '张', 'zhangweimin@yinshua.example', { id: 'weimin' }),
      contact('伟明', '章', 'zhang@zhihe.example', { id: 'weiming' }),
    ],
    expected: 'weimin',
  },
  {
    id: 'korean',
    why: 'Korean order and three ways of writing the given name.',
    unknown: from('김민준', 'minjun.kim@hanok.test'),
    people: [
      contact('Min-Jun', 'Kim', 'mj@gurum.example'),
      contact('Min-Ji', 'Kim', 'minji@gurum.example'),
    ],
    expected: 'min-jun-kim',
  },
  {
    id: 'arabic-transliterations',
    why: 'Mohammed, Muhammad; al- with and without hyphen.',
    unknown: from('Muhammad Al Khatib', 'm.alkhatib@gulfdoors.test'),
    people: [
      contact('Mohammed', 'Al-Khateeb', 'mohammed@abwab.example'),
      contact('Mahmoud', 'Al-Khalil', 'mahmoud@abwab.example'),
    ],
    expected: 'mohammed-al-khateeb',
  },
  {
    id: 'hebrew-mail',
    why: "The display name is Hebrew; the local part is the record's name.",
    unknown: from('רות אברמוב', 'ruth.abramov@galil.test'),
    people: [
      contact('Ruth', 'Abramov', 'ruth@etz.example'),
      contact('Rut', 'Abrams', 'rut@abrams.example'),
    ],
    expected: 'ruth-abramov',
  },
  {
    id: 'turkish-letters',
    why: 'ı, ş and ğ become i, s and g.',
    unknown: to('', 'isil.bagdas@mermer-izmir.test'),
    people: [
      contact('Işıl', 'Bağdaş', 'isil@tas.example', { id: 'isil' }),
      contact('İsmail', 'Bağcı', 'ismail@tas.example', { id: 'ismail' }),
    ],
    expected: 'isil',
  },
  {
    id: 'vietnamese-order',
    why: 'Surname, middle name, given name; the record has Western order without marks.',
    unknown: from('Nguyễn Thị Phương', 'phuongnt@gomsu.test'),
    people: [
      contact('Phuong Thi', 'Nguyen', 'phuong@battrang.example', { id: 'phuong' }),
      contact('Hung', 'Nguyen', 'hung@battrang.example', { id: 'hung' }),
    ],
    expected: 'phuong',
  },
  {
    id: 'icelandic-letters',
    why: 'Þ is Th and ð is d.',
    unknown: from('Thordur Gudmundsson', 'thordur@ullin.test'),
    people: [
      contact('Þórður', 'Guðmundsson', 'thg@peysa.example', { id: 'thordur' }),
      contact('Guðmundur', 'Þórðarson', 'gud@peysa.example', { id: 'gudmundur' }),
    ],
    expected: 'thordur',
  },
  {
    id: 'cyrillic-first-name-only',
    why: 'Сергей is any Sergey.',
    unknown: from('Сергей', 'serg-70@mail.ru'),
    people: [
      contact('Sergey', 'Lobanov', 'lobanov@most.example'),
      contact('Сергей', 'Титов', 'titov@rechflot.example', { id: 'titov' }),
    ],
    expected: 'none',
  },
]);
