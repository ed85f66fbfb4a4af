/** First names and what those who bear them are called, in the languages in which they are common. */
const GROUPS =
  `robert rob bob bobby robbie bert|william will bill billy liam willy guillermo|richard rick dick rich ricky|
james jim jimmy jamie|john johnny jack jon|joseph joe joey josef sepp pepi jupp giuseppe beppe peppe|
jose pepe|francisco paco pancho curro|ignacio nacho|jesus chus|maria mitzi mia marie|margaret maggie meg peggy greta|
margarete gretel grete greta|elizabeth liz beth betty lizzy eliza|elisabeth lisl liesl sisi sissi lisa elli liz|
katherine kate katie kathy cathy kat|catherine kate cathy cath katie|katharina kathi kati kathe katja|
katalin kati|cornelia conny nelly|friedrich fritz fred|frederick fred freddy|johannes hans hannes johann hansi|
johann hans hansi|heinrich heinz heini henry|wilhelm willi willy|georg george schorsch jorge giorgio|
george georgios giorgos yorgos yiorgos georgiy georgy|ioannis yannis giannis john|
konstantinos kostas costas dinos|dimitrios dimitris jimmy|nikolaos nikos nick|panagiotis panos|
stefanie stephanie steffi steffie|walburga wally burgl|tobias tobi|andreas andi andy|andrew andy drew|
alexander alex sasha sascha xander aleksandr aleksander alexandre|alexandra alex sandra sasha|
aleksei alexey aleksey alexei oleksiy alyosha lyosha|
michael mike mick mickey michi|thomas tom tommy|matthew matt|matthias matze hias matti|anthony tony|antonio toni tonio|
anton toni|christopher chris kit|christoph chris stoffel|christian chris|christine chris tina|christina tina chris|
daniel dan danny|david dave|edward ed eddie ted ned|edmund ed|steven steve|stephen steve|samuel sam|samantha sam|
benjamin ben benny|nicholas nick nicky|nikolaus klaus niki|patrick pat paddy|patricia pat patty tricia|peter pete|
charles charlie chuck|karl charly|donald don|douglas doug|gregory greg|jeffrey jeff|geoffrey geoff|kenneth ken|
lawrence larry|leonard len leo|philip phil|raymond ray|ronald ron|terence terry|timothy tim|walter walt wally|
abigail abby|barbara barb babs barbel|deborah deb debbie|dorothy dot dottie|eleanor ellie nell|eleonora nora leonora|
jennifer jen jenny|jessica jess|josephine jo josie|judith judy|kimberly kim|pamela pam|rebecca becky|susan sue suzy|
theresa terry tess|theresia resi|victoria vicky tori|veronika vroni|virginia ginny|magdalena lena magda leni|
helena lena helen|franziska franzi sissi|ursula uschi ulla|gertrud trude gerti|hildegard hilde|ulrich uli ulli|
ulrike uli ulli|wolfgang wolf wolfi|sebastian basti bastian|maximilian max|florian flo|dominik domi|leopold poldi|
ludwig wiggerl lutz louis|ludovic ludo|ferdinand ferdi|bernhard bernd hardy|gerhard gerd hardi|eberhard ebbo|
manfred manni fredi|siegfried siggi|gunther gunter|reinhard reiner|dietrich dieter|hubertus hubert|
vladimir volodymyr volodimir vova volodya wladimir|sergey sergei serhiy sergii serzh seryozha|dmitry dmitri dima dmytro|
mikhail misha mykhailo michail|ivan vanya wanja|nikolai kolya mykola nikolay|evgeny evgeni zhenya yevgeny yevhen|
ekaterina katya kateryna|tatiana tanya tetiana|natalia natasha nataliya|olga olya olha|elena lena olena|
anastasia nastya|yuri yury yurii juri|pavel pasha pavlo|andrei andrey andriy|grigory grisha|
mohammed muhammad mohamed mohammad muhammed mohamad mehmet|ahmed ahmad|hussein husain hussain|yusuf yousef youssef|
omar umar|stanislaw staszek stan|krzysztof krzys|wojciech wojtek|katarzyna kasia|malgorzata gosia|agnieszka aga|
aleksandra ola|jan janek|jerzy jurek|tadeusz tadek|pierre pierrot|jean jeannot|jacques jacky|frederic fred|
guillaume guy|luigi gigi|francesco franco cesco checco|giovanni gianni vanni|lorenzo renzo|vincenzo enzo|
eduardo edu lalo|enrique quique kike|roberto beto|alberto beto tito|manuel manolo|guadalupe lupe|dolores lola|
concepcion concha|mercedes merche|rosario charo|henrik henke|lars lasse|nils nisse|bengt benke|johanna hanna jo|
hendrik henk|cornelis kees|jacobus koos jaap|wilhelmina mien mina|gerardus gerard|adrianus adri|istvan pista|
laszlo laci|zoltan zoli|jozsef jozsi|sandor sanyi`
    .split('|')
    .map((group) => group.trim().split(/\s+/));

const BY_NAME = new Map<string, Set<string>>();
for (const group of GROUPS) {
  for (const name of group) {
    const known = BY_NAME.get(name) ?? new Set<string>();
    for (const other of group) known.add(other);
    BY_NAME.set(name, known);
  }
}

/** Whether one of these folded first names is a short or another form of the other. */
export function isNickname(one: string, other: string): boolean {
  return (
    BY_NAME.get(one)?.has(other) === true || isBeginning(one, other) || isBeginning(other, one)
  );
}

/** A folded first name and what else its bearers are called in our list. */
export function formsOf(name: string): string[] {
  return [name, ...(BY_NAME.get(name) ?? [])];
}

/** "Ludo" for Ludovic and "Gwen" for Gwendolyn, but Robert is not Roberta. */
function isBeginning(short: string, long: string): boolean {
  return (
    short.length >= 3 &&
    short.length <= 5 &&
    long.length >= short.length + 2 &&
    long.startsWith(short)
  );
}

/** How Korean surnames are written by rule and by habit. */
const KOREAN =
  'gim kim|i lee yi rhee|bag park pak|choe choi|jeong jung chung|gang kang|jo cho|yun yoon|jang chang|im lim|o oh|seo suh|sin shin|gwon kwon|an ahn|yu yoo ryu|no roh noh|gwak kwak|baeg baek paik|sim shim|mun moon|heo hur huh|go ko|son sohn|u woo'
    .split('|')
    .map((group) => group.split(' '));

/** Whether two folded words are one Korean surname. */
export function isKoreanSurname(one: string, other: string): boolean {
  return KOREAN.some((group) => group.includes(one) && group.includes(other));
}
