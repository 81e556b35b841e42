import type { SeededRandom } from './seeded-random.ts';

/** Common names, put together at random: nobody in particular. */
const names = {
  german: { given: ['Greta', 'Jürgen', 'Katrin', 'Lukas', 'Sabine', 'Uwe', 'Monika'], family: ['Weiß', 'Hofmann', 'Schröder', 'Köhler', 'Brandt', 'Vogel'] },
  swedish: { given: ['Maja', 'Oskar', 'Elin', 'Björn'], family: ['Nyström', 'Sandberg', 'Åkesson', 'Wallin'] },
  turkish: { given: ['Ayşe', 'Emre', 'Elif', 'Murat'], family: ['Yılmaz', 'Demir', 'Çelik', 'Aydın'] },
  english: { given: ['Harriet', 'Oliver', 'Grace', 'Toby', 'Ruth', 'Duncan', 'Megan', 'Keith', 'Paige'], family: ['Barlow', 'Whitfield', 'Osborne', 'Tanner', 'Hale', 'Prescott'] },
  irish: { given: ['Aoife', 'Declan', 'Niamh', 'Cormac'], family: ['O’Rourke', 'Brennan', 'Gallagher', 'Keane'] },
  nigerian: { given: ['Chidi', 'Ngozi', 'Tunde', 'Amara'], family: ['Okafor', 'Adeyemi', 'Eze', 'Balogun'] },
  french: { given: ['Élodie', 'Mathieu', 'Chloé', 'Gaëtan', 'Solène'], family: ['Lefèvre', 'Marchand', 'Garnier', 'd’Aubigny'] },
  arabic: { given: ['Layla', 'Karim', 'Noura', 'Samir'], family: ['Haddad', 'Benali', 'Khoury', 'Mansour'] },
  polish: { given: ['Łukasz', 'Agnieszka', 'Paweł', 'Zofia'], family: ['Wójcik', 'Kowalczyk', 'Zieliński', 'Dąbrowska'] },
  hispanic: { given: ['José', 'Lucía', 'Andrés', 'Ximena'], family: ['Núñez', 'Castillo', 'Herrera', 'Ibáñez'] },
  brazilian: { given: ['Thaís', 'João', 'Beatriz', 'Caio'], family: ['Gonçalves', 'Araújo', 'da Silva', 'Ribeiro'] },
  korean: { given: ['Min-jun', 'Seo-yeon', 'Ji-ho', 'Ha-eun'], family: ['Park', 'Kang', 'Yoon', 'Shin'] },
  chinese: { given: ['Xiuying', 'Jianguo', 'Meilin', 'Haoran'], family: ['Zhang', 'Liu', 'Huang', 'Zhou'] },
  vietnamese: { given: ['Linh', 'Thảo', 'Minh', 'Quân'], family: ['Nguyễn', 'Trần', 'Phạm', 'Đặng'] },
  indian: { given: ['Priya', 'Arjun', 'Deepika', 'Rohan', 'Kavya', 'Suresh'], family: ['Raghavan', 'Iyer', 'Chatterjee', 'Menon', 'Deshpande'] },
  nepali: { given: ['Sita', 'Bishal', 'Anjali', 'Prakash'], family: ['Shrestha', 'Gurung', 'Adhikari', 'Thapa'] },
  greek: { given: ['Eleni', 'Nikos', 'Despina', 'Yannis'], family: ['Papadakis', 'Georgiou', 'Vlachos', 'Kostas'] },
  japanese: { given: ['Sakura', 'Haruto', 'Yui', 'Kenji'], family: ['Watanabe', 'Nakamura', 'Kobayashi', 'Saitō'] },
} as const;

export type Culture = keyof typeof names;

export interface PersonName {
  given: string;
  family: string;
  displayName: string;
}

/** Names that their bearers also write in another script. */
const scripts: Readonly<Record<string, string>> = {
  Sakura: '桜',
  Haruto: '陽翔',
  Yui: '結衣',
  Kenji: '健二',
  Watanabe: '渡辺',
  Nakamura: '中村',
  Kobayashi: '小林',
  Saitō: '斎藤',
};

/** Gives out names, none twice: of one of the cultures while there are any, and with a new given name where possible. */
export function createNameSupply(random: SeededRandom): (cultures: readonly Culture[]) => PersonName {
  const left = new Map<Culture, PersonName[]>();
  for (const culture of Object.keys(names) as Culture[]) left.set(culture, random.shuffle(combinations(culture)));
  const givenNames = new Set<string>();
  const take = (cultures: readonly Culture[], newOnly: boolean): PersonName | undefined => {
    for (const culture of random.shuffle(cultures)) {
      const supply = left.get(culture) ?? [];
      const index = supply.findIndex(({ given }) => !newOnly || !givenNames.has(given));
      const [name] = index === -1 ? [] : supply.splice(index, 1);
      if (name !== undefined) return name;
    }
    return undefined;
  };
  return (cultures) => {
    const all = Array.from(left.keys());
    const name = take(cultures, true) ?? take(all, true) ?? take(cultures, false) ?? take(all, false);
    if (name === undefined) throw new RangeError('There are no more names. Ask for fewer people.');
    givenNames.add(name.given);
    return name;
  };
}

function combinations(culture: Culture): PersonName[] {
  const { given, family } = names[culture];
  return given.flatMap((first) => family.map((last) => ({ given: first, family: last, displayName: displayNameOf(culture, first, last) })));
}

function displayNameOf(culture: Culture, given: string, family: string): string {
  if (culture === 'korean' || culture === 'chinese') return `${family} ${given}`;
  const [givenScript, familyScript] = [scripts[given], scripts[family]];
  return givenScript === undefined || familyScript === undefined ? `${given} ${family}` : `${familyScript} ${givenScript} (${given} ${family})`;
}

/** The ASCII letters and digits of a name, in lower case: what an address is made of. */
export function asciiName(name: string): string {
  return name
    .replaceAll('ß', 'ss')
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'L')
    .replaceAll('ı', 'i')
    .replaceAll('Đ', 'D')
    .replaceAll('đ', 'd')
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '');
}
