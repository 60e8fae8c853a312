#!/bin/sh
# How the fonts beside this file were made. Needs npm and pyftsubset (fonttools); writes into the folder given.
#   npm pack @expo-google-fonts/fira-sans-condensed@0.4.1 @expo-google-fonts/fira-sans@0.4.1 \
#            @expo-google-fonts/noto-sans-arabic@0.4.3
# unpacked each into a folder of its own name (fira-sans-condensed/, fira-sans/, noto-sans-arabic/) beside the
# working directory. Same packages, same bytes: nothing here carries a date.
set -eu
out=${1:?folder to write}
mkdir -p "$out"

# Latin with Vietnamese and phonetics, combining marks, Greek, Cyrillic, punctuation with the bidi isolates,
# super- and subscripts, currency, letterlike signs, fractions, arrows, a few mathematical and geometric signs.
latin="U+0020-007E,U+00A0-036F,U+0370-03FF,U+0400-052F,U+0E3F,U+1E00-1FFF,U+2000-209F,U+20A0-20C0,U+2100-218F,U+2190-22FF,U+25A0-25FF,U+2610-2612,U+2713,U+2717,U+FB01-FB02,U+FFFD"
arabic="U+0020-007E,U+00A0,U+00AB,U+00BB,U+0600-06FF,U+0750-077F,U+0870-088E,U+0890-0891,U+0898-08FF,U+200C-200F,U+2010-2011,U+2066-2069,U+204F,U+2E41,U+FB50-FDFF,U+FE70-FEFC"
features="--layout-features+=tnum,lnum,pnum,onum,frac,numr,dnom,case,mark,mkmk,ccmp,locl,init,medi,fina,isol,rlig,calt,liga,kern,sups,subs,ordn"

subset() {
    pyftsubset "$1" --unicodes="$2" "$features" --no-hinting --output-file="$out/$3"
}
for face in 400Regular:Regular 400Regular_Italic:Italic 500Medium:Medium 600SemiBold:SemiBold 700Bold:Bold; do
    from=${face%%:*}
    subset "fira-sans-condensed/package/$from/FiraSansCondensed_$from.ttf" "$latin" "FiraSansCondensed-${face##*:}.ttf"
done
subset fira-sans/package/800ExtraBold/FiraSans_800ExtraBold.ttf "$latin" FiraSans-ExtraBold.ttf
for face in 400Regular:Regular 700Bold:Bold; do
    from=${face%%:*}
    subset "noto-sans-arabic/package/$from/NotoSansArabic_$from.ttf" "$arabic" "NotoSansArabic-${face##*:}.ttf"
done
