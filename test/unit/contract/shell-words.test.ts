import { describe, expect, it } from 'vitest';
import { readShell, shellLine, shellWords } from '#contract/shell-words';

describe('reading a shell line', () => {
  it.each([
    ['a b  c', ['a', 'b', 'c']],
    ['\'a b\' "c d"', ['a b', 'c d']],
    ['a\\ b', ['a b']],
    ['say "a \\"b\\" \\n"', ['say', 'a "b" \\n']],
    ["''", ['']],
    ["it's fine'", ['its fine']],
    ['a\\\n  b', ['a', 'b']],
    ['a\\  \r\n  b', ['a', 'b']],
    ['ab\\\ncd', ['abcd']],
    ['a `\n b', ['a', 'b']],
    ['a ^\r\n b', ['a', 'b']],
    ['a # a comment', ['a']],
    ['a#b', ['a#b']],
    ['-v C:\\Users\\me:/data', ['-v', 'C:\\Users\\me:/data']],
  ])('%j is %j', (text, words) => {
    expect(readShell(text).commands).toEqual([words]);
  });

  it('divides commands', () => {
    expect(readShell('a b && c; d | e\nf').commands).toEqual([['a', 'b'], ['c'], ['d'], ['e'], ['f']]);
  });

  it('keeps what a shell would replace, and says so', () => {
    const braced = ['$', '{B}'].join('');
    expect(readShell(`a $HOME "${braced}/c" '$D' $(pwd) \`date\` $`)).toMatchObject({
      commands: [['a', '$HOME', `${braced}/c`, '$D', '$(pwd)', '`date`', '$']],
      expansions: ['$HOME', braced, '$(pwd)', '`date`'],
    });
  });

  it('notices a missing quotation mark', () => {
    expect(readShell('a "b').unfinished).toBe(true);
    expect(readShell("a 'b").unfinished).toBe(true);
    expect(readShell("a 'b'").unfinished).toBe(false);
  });

  it('takes a line end in a field for a space', () => {
    expect(shellWords('a\nb')).toEqual(['a', 'b']);
  });

  it('reads back what it writes', () => {
    const words = ['', "it's", 'a b', '$HOME', '"', '\\', 'ü', '# no comment', 'a;b', 'new\nline', 'a=b'];
    expect(readShell(shellLine(words)).commands).toEqual([words]);
  });
});
