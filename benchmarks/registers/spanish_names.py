"""Tables of names of the Spanish-speaking countries, the more frequent first.

Written for these registers from general knowledge of the region; no list of real people and no
published table was copied. The ranks are a guess, the weights a law of ranks (`chance.ranked`).
"""

from benchmarks.registers.chance import words

SURNAMES = words("""
Hernández García Martínez López González Rodríguez Pérez Sánchez Ramírez Cruz Flores Gómez Morales
Vásquez Jiménez Reyes Díaz Torres Gutiérrez Ruiz Mendoza Aguilar Ortiz Castillo Moreno Romero
Álvarez Rivera Ramos Chávez Juárez Mejía Castro Méndez Guzmán Fernández Herrera Medina Vargas
Muñoz Velásquez Rojas Contreras Santos Salazar Guerrero Estrada Lara Soto Campos Domínguez Molina
Núñez Alvarado Delgado Peña Ríos Vega Sandoval León Ayala Carrillo Cortés Silva Figueroa Espinoza
Luna Maldonado Orellana Zelaya Padilla Cárdenas Rosales Navarro Mora Cabrera Acosta Ventura Pineda
Escobar Bonilla Suárez Miranda Lemus Solís Cisneros Trejo Valdez Barrera Arias Ávila Robles
Fuentes Salinas Nava Rangel Cervantes Pacheco Serrano Montoya Ochoa Villanueva Ibarra Duarte
Calderón Quintero Paredes Rosas Valencia Zamora Portillo Alfaro Escalante Velasco Cano Meza Tapia
Bautista Rivas Franco Ortega Osorio Gallegos Murillo Bravo Correa Benítez Arroyo Corona Villalobos
Coronado Galindo Parra Mercado Becerra Montes Trujillo Lozano Macías Beltrán Félix Rosario
Santiago Nieto Leiva Galeano Lagos Zúñiga Zepeda Bustamante Barahona Funes Cáceres Amaya Andino
Argueta Banegas Bardales Cardona Carranza Castellanos Chacón Cerrato Claros Cálix Discua Enamorado
Erazo Euceda Fajardo Ferrera Guevara Inestroza Izaguirre Landaverde Lanza Maradiaga Matute
Membreño Menjívar Oliva Oseguera Palma Pavón Perdomo Ponce Posadas Quiroz Raudales Sabillón
Sarmiento Sauceda Sevilla Sorto Tábora Turcios Ulloa Urbina Urquía Valladares Vallecillo Varela
Villeda Yánez Zavala Abrego Alas Alvarenga Aparicio Arévalo Artiga Batres Cañas Chicas Cornejo
Deras Durán Granados Guardado Henríquez Iraheta Jovel Linares Magaña Marroquín Melara Melgar
Merino Monterrosa Najarro Olmedo Peraza Polanco Quijano Quintanilla Rauda Recinos Regalado
Renderos Saravia Segovia Serpas Sibrián Tobar Umaña Vides Villatoro Zaldaña Zometa Aguirre
Altamirano Areas Balladares Blandón Cantarero Centeno Chavarría Dávila Espino Gadea Jarquín Laínez
Lacayo Lezama Loáisiga Mairena Mayorga Munguía Narváez Obando Obregón Pastrana Picado Rizo Rocha
Rugama Sotelo Téllez Tercero Tinoco Treminio Úbeda Urroz Valle Zapata Zeledón Abreu Almonte Báez
Batista Brito Caraballo Collado Corporán De_la_Cruz De_la_Rosa De_los_Santos De_León Del_Cid
Del_Rosario Encarnación Familia Feliz Frías Genao Germán Guerra Heredia Jáquez Liriano Lantigua
Marte Matos Mateo Mercedes Moquete Montero Ogando Pichardo Polonio Rosado Sosa Taveras Tejada
Tavárez Then Ureña Valenzuela Ynfante Aguilera Almeida Borges Cepero Echevarría Fonseca Fundora
Góngora Hechavarría Hidalgo Labrada Leyva Llanes Machado Márquez Milanés Oropesa Pupo Quesada
Tamayo Viera Zaldívar Alcívar Anchundia Andrade Arteaga Cevallos Chiluisa Criollo Guamán Guaraca
Lema Loor Macas Morocho Naula Pinargote Quishpe Quizhpi Shagñay Toapanta Vera Yupa Zambrano
Bermúdez Blanco Bolívar Briceño Carmona Colmenares Chirinos Escalona Graterol Guanipa Lugo Lovera
Materano Mosquera Nieves Oropeza Palacios Petit Pirela Querales Rondón Salas Sequera Urdaneta
Uzcátegui Valera Villegas Yépez Arango Bedoya Betancur Cadavid Cuesta Giraldo Hinestroza Hoyos
Hurtado Jaramillo Londoño Marín Mena Ospina Palomeque Pinilla Posso Renteria Restrepo Rentería
Tovar Uribe Usuga Zuluaga Ballesteros Bojórquez Cota Cuevas Esquivel Gastélum Huerta Jacobo
Ledezma Lucero Madrigal Olvera Orozco Patiño Pulido Quiñones Rentas Saldaña Tinajero Toledo Vidal
Villaseñor Xolalpa Yescas Zárate Condori Choque Huanca Quispe Ticona Yujra Llanos Belloso Carbajal
Caballero Camacho Cedillo Cazares Elías Escamilla Gálvez Godínez Grijalva Guillén Hinojosa Lobo
Lazo Luévano Manzanares Monroy Montalvo Noriega Nolasco Oviedo Pantoja Pinto Prado Quezada Rico
Roldán Rubio Samayoa Sierra Tejeda Tello Toc Trinidad Uclés Vallejo Vela Viveros Zarco
""")

LOCAL_SURNAMES = {
    "GTM": words("""López García Morales Hernández Pérez Caal Choc Pop Tzul Ixcoy Coc Tiul Xol Ical
    Chub Cuc Quej Sacul Tut Yat Ajú Batz Chavajay Cumatz Cholotío Guarcas Ixtamer Jocol Mucú Mux
    Oxlaj Ordóñez Pablo Pascual Poou Quiej Raymundo Sajché Sis Sohom Tambriz Tecú Toj Tun Tzoc
    Us Vicente Velásquez Xitumul Xuc Yaxcal Zapeta Domingo Baltazar Brito Ceto Cobo Marroquín"""),
    "HND": words("""Hernández Martínez López Rodríguez Mejía Reyes Zelaya Pineda Cruz Maldonado
    Orellana Flores Banegas Bonilla Lobo Murillo Cálix Euceda Sabillón Amaya Norales Arzú Bernárdez
    Suazo Colindres Gámez Lazo Madrid Aguilar Dubón Paz Interiano"""),
    "SLV": words("""Hernández Martínez López Rivas Flores Ramos Portillo Menjívar Guardado Argueta
    Alvarenga Orellana Chicas Ventura Mejía Villatoro Ayala Sibrián Granados Bonilla"""),
    "NIC": words("""López García Martínez Hernández González Rodríguez Téllez Blandón Zeledón Rizo
    Urbina Chavarría Centeno Treminio Picado Obando Mairena Rugama"""),
    "MEX": words("""Hernández García Martínez López González Rodríguez Pérez Sánchez Ramírez Flores
    Gómez Morales Cruz Bautista Santiago Nava Tzompaxtle Xochihua Cuautle Tlapa Ek Chan Pech Canul
    Dzul Uc Gastélum Bojórquez Zavala Ángeles Mendoza Villaseñor Cázares"""),
    "ECU": words("""Zambrano Vera Cedeño Loor Guamán Quizhpi Lema Morocho Chimborazo Naula Criollo
    Quishpe Guaraca Alvarado Yupa Pinargote Macías Cevallos Castro Sánchez Tenesaca Sumba Chuqui
    Lojano Illescas"""),
    "VEN": words("""González Rodríguez Pérez Hernández García Fernández Urdaneta Briceño Rondón
    Colmenares Chirinos Graterol Petit Oropeza Montiel Palmar Epiayú Uzcátegui Materano Salazar"""),
    "CUB": words("""Rodríguez Pérez González Hernández García Martínez Leyva Pupo Hidalgo Tamayo
    Batista Labrada Hechavarría Góngora Milanés Fonseca Zaldívar Valdés Matos Reyes Aguilera"""),
    "DOM": words("""Rodríguez Pérez Martínez García Reyes Sánchez De_la_Cruz De_la_Rosa Almonte
    Encarnación Mateo Montero Batista Tavárez Ureña Feliz Ogando Santana Rosario De_los_Santos"""),
    "COL": words("""Rodríguez Martínez García González Mosquera Palacios Córdoba Rentería Giraldo
    Londoño Restrepo Hurtado Arango Mena Hinestroza Rivas Ospina Castaño Zapata Usuga"""),
    "PER": words(
        """Quispe Flores Sánchez García Rojas Huamán Mamani Condori Vargas Choque Ticona"""
    ),
    "BOL": words("""Mamani Quispe Condori Choque Flores Huanca Vargas Yujra Rojas Ticona Colque"""),
}

CLASSIC_MALE = words("""
José Juan Luis Carlos Miguel Jesús Francisco Antonio Pedro Manuel Jorge Alejandro Roberto Fernando
Eduardo Mario Daniel Ricardo Santos Oscar Víctor Rafael Alberto Javier Julio Marco Raúl Enrique
Ramón Sergio Arturo Ángel David Héctor César Edwin Marvin Rigoberto Wilmer Alfredo Salvador
Gerardo Rubén Martín Andrés Felipe Pablo Armando Guillermo Gustavo Hugo Jaime Ernesto Noé Elías
Ismael Adán Moisés Samuel Gabriel Orlando Nelson Walter Rolando Rodolfo René Gilberto Ignacio
Domingo Mauricio Agustín Tomás Vicente Joaquín Santiago Nicolás Félix Esteban Gregorio Benjamín
Abel Abraham Isaías Israel Joel Josué Omar Iván Saúl Isaac Leonel Lorenzo Marcos Mateo Natividad
Osmín Pascual Reynaldo Rosalío Teodoro Ubaldo Valentín Wilfredo Zacarías Amílcar Baltazar Cándido
Desiderio Efraín Everardo Fidel Fredy Germán Heriberto Hernán Hilario Inocente Isidro Jacinto
Lázaro Leonardo Lucio Macario Maximino Melvin Modesto Nahúm Napoleón Obdulio Porfirio Primitivo
Ramiro Rogelio Rómulo Rufino Selvin Simón Tránsito Ulises Virgilio Wenceslao Eleuterio Evaristo
Filiberto Florentino Emilio Humberto Homero
""")
CLASSIC_FEMALE = words("""
María Ana Rosa Juana Guadalupe Carmen Martha Sandra Gloria Elizabeth Patricia Claudia Marta
Verónica Karla Silvia Norma Blanca Yolanda Leticia Alejandra Isabel Margarita Teresa Reina Santos
Glenda Dolores Francisca Lucía Josefa Mercedes Luz Rosario Esperanza Dora Delia Elena Irma Lilian
Lidia Mirna Nora Olga Sonia Suyapa Telma Vilma Xiomara Zoila Adriana Alicia Amparo Angélica
Antonia Araceli Beatriz Berta Catalina Cecilia Concepción Cristina Daisy Digna Edith Elvira Emilia
Enma Ericka Estela Esther Eva Felipa Fátima Gabriela Graciela Griselda Idalia Ingrid Iris Jessica
Josefina Julia Laura Leonor Lorena Lourdes Luisa Magdalena Maribel Marina Maritza Matilde Mayra
Miriam Mónica Nancy Natalia Nely Paula Petrona Raquel Rebeca Rocío Rosibel Ruth Sara Susana Tomasa
Victoria Virginia Wendy Yadira Yesenia Zulma Nohemí Ondina Orfilia Paz Ramona Rufina Sofía Soledad
Trinidad Valentina
""")
YOUNG_MALE = words("""
Kevin Cristian Brayan Jonathan Elmer Darwin Jefferson Alexander Anderson Wilson Josué Bryan Denis
Erick Byron Steven Cristopher Anthony Dylan Gerson Henry Elvin Jairo Jerson Yovani Wilian Ever
Franklin Fabricio Emerson Yeison Maynor Osman Yordi Elder Nahúm Lesther Kelvin Jason Axel Ronaldo
Ariel Eliezer Ezequiel Yahir Emanuel Diego Sebastián Maikol Jhon Yonatan Jeferson Duban Esdras
Olvin Deybi Frank Leandro Marlon Milton Néstor Norlan Onán Rony Sander Tony Wilber Yester Edgardo
""")
YOUNG_FEMALE = words("""
Karen Katherine Yessenia Génesis Daniela Keily Ashley Andrea Nicole Paola Fernanda Heidy Dayana
Kimberly Marjorie Melissa Michelle Brenda Estefany Tatiana Yaritza Wendy Yuliana Jennifer
Jackeline Litzy Nataly Nayeli Escarleth Emely Evelin Cindy Cesia Belkis Darling Damaris Fabiola
Gissela Joselin Keyla Leidy Lesly Marleny Milagro Oneyda Perla Roxana Sheyla Stephany Vanessa
Yamileth Yeimi Zaira Abigail Allison Astrid Carolina Danna Ximena Mariela Merlin
""")

LOCAL_GIVEN = {
    ("GTM", "male"): words(
        "Sebastián Gaspar Diego Mateo Tomás Baltazar Andrés Marcelino Cristóbal"
    ),
    ("GTM", "female"): words("Catarina Micaela Candelaria Manuela Dominga Petronila Candelaria"),
    ("HND", "male"): words(
        "Selvin Elvin Osman Nahúm Olvin Denis Dagoberto Arnulfo Santos Cristino"
    ),
    ("HND", "female"): words("Suyapa Reina Belkis Glenda Keily Oneyda Sayda Digna Waleska"),
    ("SLV", "male"): words("Salvador Atilio Óscar Balmore Nelson Mauricio Amílcar Tito Giovanni"),
    ("SLV", "female"): words("Morena Reina Sonia Gladis Evelyn Marisol Xiomara Roxana"),
    ("NIC", "male"): words("Norlan Lesther Yader Bayardo Róger Elvin Denis Wilfredo Ulises"),
    ("NIC", "female"): words("Darling Xóchitl Scarleth Urania Maryuri Eveling Arlen Yahoska"),
    ("MEX", "male"): words(
        "Jesús Guadalupe Cuauhtémoc Uriel Irving Heriberto Gumaro Refugio Adrián"
    ),
    ("MEX", "female"): words("Guadalupe Nayeli Xóchitl Citlali Rocío Yareli Araceli Refugio Itzel"),
    ("ECU", "male"): words(
        "Segundo Washington Klever Wilson Rodrigo Byron Stalin Lenin Darío Vinicio"
    ),
    ("ECU", "female"): words("Rosa Blanca Mercedes Zoila Narcisa Génesis Jomaira Transito Nelly"),
    ("VEN", "male"): words(
        "Yorman Yeferson Jhonkleiver Wuilmer Yoendri Gregorio Argenis Leonel Yosmar"
    ),
    ("VEN", "female"): words("Yuleisi Yusmary Génesis Mariangel Yorgelis Rosmary Coromoto Yulimar"),
    ("CUB", "male"): words(
        "Yoandri Yunier Yosvany Lázaro Yoel Osmany Yasmani Alexei Reinier Orlando"
    ),
    ("CUB", "female"): words("Yamilé Yanet Odalys Yudith Mailín Yusimí Niurka Idalmis Dayamí"),
    ("DOM", "male"): words("Ramón Rafael Wilkin Starlin Yunior Franklyn Amaury Domingo Radhamés"),
    ("DOM", "female"): words(
        "Altagracia Milagros Yokasta Yudelka Miguelina Mercedes Rosanna Yahaira"
    ),
    ("COL", "male"): words(
        "Jhon Yeison Duván Faber Edinson Yefferson Wilmar Fabián Albeiro Hernando"
    ),
    ("COL", "female"): words("Leidy Yurani Luz Marcela Paola Diana Yesica Deisy Viviana"),
    ("PER", "male"): words("Percy Edilberto Wilber Rómulo Edgar Nilton"),
    ("PER", "female"): words("Maruja Yovana Flor Nélida Roxana"),
    ("BOL", "male"): words("Grover Freddy Primo Limbert Edwin"),
    ("BOL", "female"): words("Primitiva Nieves Ruth Lidia Eusebia"),
}

NICKNAMES = {
    "José": words("Chepe Pepe Chepito Joche"), "Francisco": words("Chico Paco Pancho Fran"),
    "Jesús": words("Chuy Chus Chuyito"), "Guadalupe": words("Lupe Lupita Pita"),
    "María": words("Mari Mary Marucha"), "Manuel": words("Meme Manolo Manu"),
    "Roberto": words("Beto Robe"), "Alberto": words("Beto Tito"), "Ignacio": words("Nacho"),
    "Antonio": words("Toño Tony"), "Eduardo": words("Lalo Edu"), "Enrique": words("Quique Kike"),
    "Luis": words("Lucho Güicho Luisito"), "Alejandro": words("Alex Jandro Ale"),
    "Rosario": words("Chayo Charo"), "Dolores": words("Lola Lolita"), "Mercedes": words("Meche"),
    "Concepción": words("Concha Conchi"), "Isabel": words("Chabela Chabe"),
    "Santiago": words("Chago"), "Salvador": words("Chava Chamba"), "Gregorio": words("Goyo"),
    "Pedro": words("Perucho Pedrito"), "Rafael": words("Rafa Fallo"),
    "Fernando": words("Nando Fer"),
    "Ricardo": words("Richard Ricky"), "Miguel": words("Migue Miguelito"),
    "Carlos": words("Carlitos Charly Calín"), "Juan": words("Juancho Juanito Juanchi"),
    "Gabriel": words("Gabi"), "Daniel": words("Dani"), "Felipe": words("Lipe Pipe"),
    "Vicente": words("Chente"), "Cristian": words("Cris"), "Patricia": words("Paty"),
    "Teresa": words("Tere"), "Graciela": words("Chela"), "Margarita": words("Mago Márgara"),
    "Beatriz": words("Bety"), "Elizabeth": words("Eli Betty Lisbeth"), "Jonathan": words("Yoni"),
    "Kevin": words("Kevincito"), "Santos": words("Santitos"), "Mario": words("Mayito"),
    "Jorge": words("Coque Yoyo"), "Rosa": words("Rosita"), "Ana": words("Anita"),
    "Alfredo": words("Fredy Fello"), "Armando": words("Mando"), "Guillermo": words("Memo Guille"),
    "Rigoberto": words("Rigo Beto"), "Ernesto": words("Neto"), "Javier": words("Javi"),
    "Joaquín": words("Quincho"), "Agustín": words("Tin Cucho"), "Josefina": words("Chepina Fina"),
    "Josefa": words("Chepa Pepa"), "Alejandra": words("Ale Jandra"),
    "Alexander": words("Alex Xander"),
}  # fmt: skip

BYNAMES_MALE = words("""el_Flaco Flaco el_Chele Chele Gordo el_Negro Chino el_Zurdo Catracho Colocho
el_Moreno Chapín el_Gato Canche Tigre el_Profe Pelón Oso Ratón el_Grillo Güero Pollo Chaparro""")
BYNAMES_FEMALE = words(
    "la_Negra Flaca Gorda la_China Chela Morena Colocha Nena la_Güera Muñeca Tita"
)
