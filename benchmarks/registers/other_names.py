"""Tables of Haitian and West African names, the more frequent first.

Written for these registers from general knowledge; ranks are a guess and nothing was copied.
"""

from benchmarks.registers.chance import words

HAITIAN_SURNAMES = words("""
Jean Pierre Joseph Louis Charles François Paul Jacques Baptiste Michel Étienne Philippe Augustin
Jean-Baptiste Jean-Louis Alexis Saint-Louis Antoine Noël Désir Luc Simon Toussaint Lafleur Casimir
Dorvil Exantus Petit-Frère Célestin Fleury Laguerre Mondésir Civil Estimé Dieudonné Cadet Julien
Innocent Prophète Saint-Fleur Jean-Pierre Jean-Charles Pierre-Louis Saint-Juste Saint-Vil
Saint-Jean Beauvais Belizaire Benoît Bien-Aimé Blanc Bonhomme Bruno Calixte Cénat Chéry Clerveaux
Cherenfant Compère Daniel David Delva Denis Desrosiers Destin Dorcély Dubois Dumas Duverger Élie
Estinvil Eugène Fanfan Félix Fils-Aimé Florestal Fontaine Fortuné Frédéric Gabriel Gédéon Germain
Gilles Guerrier Hilaire Honorat Hyppolite Isidore Jeudy Jolicœur Jules Labaze Lamour Lazare Léger
Lherisson Louissaint Lubin Magloire Marcelin Mathieu Maxime Mérilus Mésidor Milfort Moïse Morency
Nazaire Nicolas Occéan Oreste Osias Paulémon Petit-Homme Phanor Polynice Raymond Régis Rémy René
Romulus Rosier Sanon Senat Sylvain Télusma Théodore Thermidor Thomas Valcin Valmé Vernet Victor
Vilsaint Vixamar Alcime Alténor Bellevue Bazile Briseus Charlestin Dieujuste Dorsainvil Edouard
Espérance Fénélus
""")
HAITIAN_MALE = words("""
Jean Pierre Joseph Wilson Emmanuel Jean-Claude Ronald Frantz Wisly Roody Jameson James Peterson
Stevenson Woodly Jean-Robert Jean-Marie Evens Michel Jacques Patrick Reginald Ricardo Samuel
Daniel David Makenson Kervens Wilner Wilfrid Rodrigue Rosemond Prosper Odilon Nixon Mackendy Louis
Luckner Jocelyn Jonas Guerline Gesner Fritz Fenel Ernst Emile Dieuseul Dieudonné Clervil Charles
Bernard Antoine André Alix Lesly Loubens Lovensky Marckenson Jeanty Jimmy Junior Kesner Claudy
Donald Edner Franckel Gérald Herold Islande Jacquelin Johnny Kenley Lucson Mirlin Olguens Oriol
Renel Robenson Saintil Schneider Sony Tisson Valery Vladimir Walky Wedner Yves Yvon Jean-Rony
Jean-Wilner
""")
HAITIAN_FEMALE = words("""
Marie Rose Guerda Nadège Mirlande Roseline Marie-Ange Marie-Claire Islande Guerline Ketlie Louna
Dieula Fabiola Natacha Rose-Marie Claudette Carline Esther Judith Junie Lovely Magalie Manouchka
Mireille Mislène Myriame Naomie Nathalie Odette Régine Rolande Ruth Sabine Solange Stéphanie
Suzette Tamara Venise Vanessa Wideline Widlande Yolande Yvrose Darline Dadeline Elmise Evelyne
Ginette Ismanie Jésula Jocelyne Lourdie Lunise Micheline Mimose Nerlande Philomène Rosena
Saintanie Sherline
""")

WEST_AFRICAN_SURNAMES = words("""
Diallo Traoré Diarra Keïta Coulibaly Konaté Touré Camara Ba Sow Diop Ndiaye Fall Sarr Seck Faye
Gueye Cissé Sissoko Dembélé Doumbia Sangaré Sidibé Kanté Koné Fofana Bah Barry Jallow Ceesay Jobe
Njie Sy Ly Thiam Kane Wane Mbaye Mbodj Niang Sané Sambou Diédhiou Badji Mané Sonko Drammeh Touray
Sanneh
""")
WEST_AFRICAN_MALE = words("""
Mamadou Moussa Ibrahima Abdoulaye Ousmane Amadou Cheikh Mohamed Modou Lamine Samba Demba Boubacar
Seydou Alassane Bakary Adama Souleymane Oumar Malick Papa Babacar Idrissa Issa Youssouf Daouda
Ebrima Alioune Aliou Sekou Drissa Yaya Sidi Sadio Saliou Assane
""")
WEST_AFRICAN_FEMALE = words("""
Fatou Aminata Mariama Aïssatou Awa Khady Fatoumata Binta Kadiatou Oumou Ndeye Coumba Astou Rokia
Hawa Maïmouna Djénéba Sira
""")

NICKNAMES = {
    "Jean": words("Ti-Jean Jano"), "Pierre": words("Ti-Pierre Pepe"),
    "Joseph": words("Ti-Jo Jojo"),
    "Marie": words("Mimi Ti-Marie"), "Emmanuel": words("Manno Manu"), "Wilson": words("Will"),
    "Roody": words("Ti-Roo"), "Frantz": words("Fanfan"), "Rose": words("Zouzou"),
    "Mamadou": words("Doudou"), "Ibrahima": words("Ibou"), "Ousmane": words("Ous"),
}  # fmt: skip
BYNAMES = words("Blanco Ti-Rouge Gwo-Nèg Chabin Ti-Dèg Dada Kiki Fifi Ti-Mari Bòs")
