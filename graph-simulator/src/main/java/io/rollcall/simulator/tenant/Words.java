package io.rollcall.simulator.tenant;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The words names are made of; changing their order changes every seeded tenant. */
final class Words {

	static final String[] GIVEN = words(
			"""
					Ada Adele Agnes Akira Alan Alex Alice Amara Amir Ana Anders André Anika Antonio Aoife Arjun Astrid Aylin Beatriz
					Björn Bruno Camille Carlos Carmen Cem Chen Chiara Chloé Clara Claude Daniel Deniz Diego Dmitri Edsger Elena Élise
					Emeka Emil Emma Erik Esra Eva Fatima Felix Femke Fiona François Freya Gabriel Giulia Grace Greta Gustav Hana Hans
					Haruto Hedy Helen Hugo Ibrahim Ida Ingrid Isabel Ivan Jamal James Jan Jana João José Judith Jürgen Kai Karim Katarzyna
					Kenji Kira Klaus Kofi Lars Laura Layla Leila Léa Liam Lina Linus Lucía Luis Łukasz Magnus Mai Malik Marek Maria Marta
					Mateo Max Maya Mehmet Mia Miguel Mina Mohammed Nadia Naomi Niamh Nico Nils Noah Noor Nuria Oğuz Olga Olivia Omar Oscar
					Paolo Paula Pavel Peter Petra Pia Priya Rafael Ravi Renée Rosa Ruth Sakura Sam Samira Sara Seán Selin Sofia Søren Stefan
					Sven Tariq Tim Tomás Uma Valentina Vera Viktor Wei Yara Yuki Yusuf Zeynep Zoë""");

	static final String[] SURNAMES = words(
			"""
					Abe Acar Adams Ahmed Ali Almeida Andersen Archie Bakker Balogun Bauer Becker Bergström Berners-Lee Bianchi Bonnet Braun
					Carter Castro Çelik Chan Chen Cortez Costa Cruz Cunningham Dahl Davis Demir Dennis Diaz Dijkstra Dubois Eriksson
					Esposito Fernandez Ferrari Fischer Fontaine Fournier García Gomez González Gray Gruber Haddad Hansen Hernández Hoffmann
					Holloway Hopper Hughes Hussein Ibáñez Ito Ivanov Jackson Jansen Jensen Johansson Jones Kaya Keller Khan Kim Klein
					Kobayashi Koch Kowalski Krüger Kumar Lamarr Lang Larsen Laurent Lee Lefèvre Lindqvist Lopez Lovelace Lund Maier Marino
					Martin Meyer Mitchell Moreau Moretti Müller Murphy Mwangi Nakamura Neumann Nguyen Nielsen Novák Núñez O'Brien O'Connor
					Okafor Olsen Oliveira Öztürk Patel Pereira Petrov Popescu Ramos Reyes Ricci Richter Rossi Roux Ruiz Şahin Sánchez Santos
					Sato Schäfer Schmidt Schneider Schröder Schulz Sharma Silva Singh Smith Söderberg Sokolov Suzuki Takahashi Tanaka Taylor
					Thompson Torres Turing Vance van-Dijk Vargas Virtanen Vogel Wagner Walker Wang Weber Weiß White Wilson Wirth Wright
					Yamamoto Yılmaz Young Zhang Zimmermann""");

	static final String[] DEPARTMENTS = lines("""
			Engineering
			Sales
			Marketing
			Finance
			Human Resources
			Operations
			Legal
			Research & Development
			Customer Support
			Procurement
			Information Technology
			Manufacturing
			Logistics
			Quality Assurance
			Facilities
			Product Management""");

	static final String[] TITLES = lines("""
			Analyst
			Senior Analyst
			Engineer
			Senior Engineer
			Principal Engineer
			Team Lead
			Designer
			Consultant
			Account Executive
			Product Manager
			Project Manager
			Coordinator
			Specialist
			Technician
			Architect
			Administrator
			Retail Manager
			Buyer
			Controller
			Counsel
			Recruiter
			Scientist
			Trainer
			Director""");

	static final String[] PROJECTS = words(
			"""
					Apollo Aurora Beacon Borealis Cascade Cobalt Compass Condor Delta Echo Ember Falcon Fjord Galaxy Granite Harbor Helix
					Horizon Iris Juniper Kestrel Lagoon Lantern Maple Meridian Mosaic Nimbus Nova Oak Onyx Orbit Orchid Osprey Pegasus
					Phoenix Pioneer Polaris Quartz Quasar Ridge River Sable Saturn Sequoia Sierra Summit Tango Tempest Tundra Umbra Vega
					Vertex Willow Zenith Zephyr""");

	static final List<Place> PLACES = List.of(new Place("Berlin", "Germany", "DE", "de-DE", "10115", "+49 30 55501"),
			new Place("München", "Germany", "DE", "de-DE", "80331", "+49 89 55502"),
			new Place("Paris", "France", "FR", "fr-FR", "75001", "+33 1 55 50"),
			new Place("Madrid", "Spain", "ES", "es-ES", "28001", "+34 91 5550"),
			new Place("London", "United Kingdom", "GB", "en-GB", "EC1A 1BB", "+44 20 7946 0"),
			new Place("Seattle", "United States", "US", "en-US", "98101", "+1 206 555 01"),
			new Place("New York", "United States", "US", "en-US", "10001", "+1 212 555 01"),
			new Place("Amsterdam", "Netherlands", "NL", "nl-NL", "1012 AB", "+31 20 5550"),
			new Place("İstanbul", "Türkiye", "TR", "tr-TR", "34000", "+90 212 5550"),
			new Place("København", "Denmark", "DK", "da-DK", "1050", "+45 33 55 0"),
			new Place("東京", "Japan", "JP", "ja-JP", "100-0001", "+81 3 5555 0"),
			new Place("São Paulo", "Brazil", "BR", "pt-BR", "01000-000", "+55 11 5555 0"));

	static final String[] MAIL_GIVEN = Arrays.stream(GIVEN).map(Words::mailPart).toArray(String[]::new);

	static final String[] MAIL_SURNAMES = Arrays.stream(SURNAMES).map(Words::mailPart).toArray(String[]::new);

	/** An office's town with what goes with it. */
	record Place(String city, String country, String code, String language, String postalCode, String phone) {
	}

	private Words() {
	}

	/** A name as the local part of a mail address spells it. */
	static String mailPart(String name) {
		String plain = name.toLowerCase(Locale.ROOT)
			.replace("ß", "ss")
			.replace("ø", "o")
			.replace("ł", "l")
			.replace("ı", "i");
		String letters = Normalizer.normalize(plain, Normalizer.Form.NFD).replaceAll("[^a-z0-9-]", "");
		return letters.isEmpty() ? "user" : letters;
	}

	private static String[] words(String text) {
		return text.strip().split("\\s+");
	}

	private static String[] lines(String text) {
		return text.strip().split("\\s*\\n\\s*");
	}

}
