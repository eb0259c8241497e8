export const firstNames =
  words(`Aaliyah Abdul Ada Adaeze Aiko Alejandro Alice Amara Amir Anna Anton Arjun Astrid Ayesha Beatriz Ben Bianca Chen Chidi
  Clara Daniel Dara David Deniz Diego Elena Elif Emeka Emma Erik Esther Fatima Felix Gabriela Grace Hana Hassan Henry Hiroshi Ines Ingrid
  Isaac Ivan Jack Jamal Jana Javier Jin Joana Jonas Jorge Julia Kai Karim Kavya Kenji Kofi Lars Laura Leila Liam Lin Lucia Luis Magnus Mai
  Maria Marta Mateo Maya Mehmet Mia Miguel Milan Mohamed Nadia Naledi Nina Noah Nora Oleg Olivia Omar Oscar Paolo Petra Pia Priya Rafael
  Rania Raj Rosa Ruben Samira Sara Sean Sofia Tariq Tess Thandi Thomas Tomas Uma Vera Viktor Wei Yara Yuki Yusuf Zainab Zofia Zuri`);

export const lastNames =
  words(`Abara Adler Ahmed Ali Alvarez Andersen Bakker Banerjee Baran Becker Bello Berg Botha Brown Carter Castro Chen Cohen
  Costa Cruz Dahl Demir Diallo Diaz Dlamini Dubois Duarte Eze Fernandez Fischer Ford Garcia Gomes Green Gupta Haddad Hansen Hoffman Horvat
  Huang Ibrahim Ito Iyer Jackson Jansen Jensen Jones Kapoor Kaya Keller Khan Khumalo Kim Kowalski Kumar Larsen Laurent Lee Levi Lindgren
  Lopez Mahmoud Marino Martin Mbeki Mehta Mensah Meyer Mori Moreau Morris Mwangi Nair Nakamura Nguyen Nielsen Novak Nowak Okafor Okoye
  Olsen Owens Park Patel Pereira Petrov Popescu Qureshi Rahman Ramos Reyes Rivera Rossi Russo Sato Schmidt Shah Silva Singh Smith Soto
  Suzuki Svensson Takahashi Tanaka Torres Tran Usman Vargas Vega Visser Wagner Walker Wang Weber White Wong Yamada Yilmaz Young Zhang Zulu`);

export const adjectives =
  words(`Amber Bold Brave Bright Calm Civic Clear Coastal Copper Coral Crimson Eager Early Eastern Ember Fair Field First Fleet
  Forest Global Golden Grand Green Harbour High Indigo Iron Ivory Jade Keen Lake Little Lunar Maple Marble Meadow Misty Modern Noble
  Northern Oak Ocean Olive Open Orchid Pacific Pine Prime Quiet Rapid River Royal Ruby Sage Silver Solar Southern Steady Stone Sunny Swift
  Tidal True Urban Velvet Vivid Western Wild Winter`);

export const nouns =
  words(`Anchor Arrow Atlas Badger Beacon Bridge Brook Canyon Cedar Circle Cloud Comet Crane Delta Dune Eagle Elm Falcon Fern Forge
  Fox Garden Gate Glacier Harvest Heron Hill Horizon Island Kestrel Lantern Leaf Lighthouse Lion Lotus Mill Moon Mountain Nest Otter
  Panda Path Peak Pilot Point Quarry Raven Reef Ridge Rocket Root Sail Shore Spark Spring Star Summit Thistle Tower Valley Wave Willow Wolf`);

export const trades =
  words(`Analytics Bakery Books Capital Clinics Coffee Collective Consulting Design Energy Engineering Farms Finance Foods Foundation Games
  Health Homes Hotels Insurance Labs Learning Legal Logistics Media Mobility Music Networks Optics Partners Pharma Print Properties
  Research Retail Robotics Schools Security Services Software Studio Supply Systems Textiles Tools Travel Ventures Works`);

function words(text: string): string[] {
  return text.split(/\s+/);
}
