import type { Person } from './forward-case.ts';

export function escape(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}

/** Paragraphs as most editors make them; lines that are quoted become a quote. */
export function paragraphs(texts: readonly string[], tag: 'p' | 'div' = 'p'): string {
  return texts.map((text) => paragraph(text, tag)).join(tag === 'div' ? '<div><br></div>' : '');
}

function paragraph(text: string, tag: string): string {
  const lines = text.split('\n');
  if (lines.every((line) => line.startsWith('>'))) {
    const inner = lines.map((line) => escape(line.replace(/^> ?/, ''))).join('<br>');
    return `<blockquote style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">${inner}</blockquote>`;
  }
  return `<${tag}>${lines.map(escape).join('<br>')}</${tag}>`;
}

/** "Roe, Jane <jane@roe.example>", as the programs write it that quote nothing. */
export function plain({ name, address }: Person): string {
  return name === '' ? address : `${name} <${address}>`;
}

/** Always with angle brackets, also around an address that has no name. */
export function bracketed({ name, address }: Person): string {
  return name === '' ? `<${address}>` : `${name} <${address}>`;
}

/** As in a header: quoted where RFC 5322 asks for it. */
export function headerLike({ name, address }: Person): string {
  if (name === '') return address;
  const needed = /[",.()<>@:;[\]\\]/.test(name);
  return `${needed ? quotedName(name) : name} <${address}>`;
}

/** Quoted always. */
export function quoted({ name, address }: Person): string {
  return name === '' ? address : `${quotedName(name)} <${address}>`;
}

/** Outlook names who has no name by the address. */
export function outlookLike({ name, address }: Person): string {
  return `${name === '' ? address : name} <${address}>`;
}

/** The address as a link, inside angle brackets. */
export function linked({ name, address }: Person): string {
  const link = `<a href="mailto:${escape(address)}">${escape(address)}</a>`;
  return name === '' ? link : `${escape(name)} &lt;${link}&gt;`;
}

function quotedName(name: string): string {
  return `"${name.replace(/["\\]/g, '\\$&')}"`;
}
