# What an interactive zsh offers at the end of each line: for each a line of words with tabs between them.
# usage: zsh -f offered.zsh FOLDER LINE… with FOLDER/zsh, the completion's script
#
# It presses Tab in a zsh on a terminal of its own, whose compadd, through which every match goes, notes them.
zmodload zsh/zpty
folder=$1
cat >$folder/setup.zsh <<END
PROMPT=
typeset -U offered=()
source $folder/zsh
compadd() {
  local -a found
  # These only ask which would fit, and get no match.
  [[ \${@[1,(i)--]} == *-[OAD]' '* ]] && { builtin compadd "\$@"; return }
  builtin compadd -A found "\$@"
  offered+=(\$found)
  builtin compadd "\$@"
}
tell() {
  print -r -- \${(pj:\t:)offered} >>$folder/offered
  print -r -- HEARD
  offered=()
  comppostfuncs=(tell) # It is emptied each time.
}
comppostfuncs=(tell)
setopt no_always_last_prompt
bindkey '^I' list-choices
print REA''DY
END
zpty inner zsh -f -i
heard() {
  local text
  while zpty -r inner text; do [[ $text == *$1* ]] && return; done
  exit 1
}
zpty -w inner "source $folder/setup.zsh"
heard READY
for line in "${@[2,-1]}"; do
  # Ctrl U empties the line.
  zpty -w -n inner $'\x15'"$line"$'\t'
  heard HEARD
done
cat $folder/offered
