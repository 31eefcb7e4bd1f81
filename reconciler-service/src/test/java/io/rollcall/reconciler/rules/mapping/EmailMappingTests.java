package io.rollcall.reconciler.rules.mapping;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.model.directory.Attributes;
import io.rollcall.reconciler.rules.mapping.EmailMapping.From;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which address an account gets, by what the directory has. */
class EmailMappingTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			textBlock = """
					# from        | wanted | mail                  | userPrincipalName                          | address
					MAIL_ELSE_UPN | false  | jane@contoso.com      | jdoe@contoso.com                           | jane@contoso.com
					MAIL_ELSE_UPN | false  | -                     | jdoe@contoso.com                           | jdoe@contoso.com
					MAIL          | false  | jane@contoso.com      | jdoe@contoso.com                           | jane@contoso.com
					MAIL          | false  | -                     | jdoe@contoso.com                           | -
					UPN           | false  | jane@contoso.com      | jdoe@contoso.com                           | jdoe@contoso.com
					UPN           | false  | jane@contoso.com      | -                                          | -
					# before the mailbox is there
					MAIL_ELSE_UPN | false  | -                     | jdoe@contoso.onmicrosoft.com               | -
					MAIL_ELSE_UPN | true   | -                     | jdoe@contoso.onmicrosoft.com               | jdoe@contoso.onmicrosoft.com
					MAIL_ELSE_UPN | false  | j@x.OnMicrosoft.com   | jdoe@contoso.com                           | jdoe@contoso.com
					MAIL          | false  | j@x.onmicrosoft.com   | jdoe@contoso.com                           | -
					UPN           | false  | -                     | jdoe@contoso.mail.onmicrosoft.com          | -
					UPN           | false  | -                     | jdoe@contoso.onmicrosoft.us                | -
					UPN           | false  | -                     | jdoe@contoso.partner.onmschina.cn          | -
					UPN           | false  | -                     | jdoe@notonmicrosoft.com                    | jdoe@notonmicrosoft.com
					# guests
					MAIL_ELSE_UPN | false  | g@fabrikam.com        | g_fabrikam.com#EXT#@contoso.com            | g@fabrikam.com
					MAIL_ELSE_UPN | false  | -                     | g_fabrikam.com#EXT#@contoso.onmicrosoft.com | g@fabrikam.com
					UPN           | false  | x@fabrikam.com        | john_doe_fabrikam.com#EXT#@contoso.com     | john_doe@fabrikam.com
					UPN           | false  | -                     | g_fabrikam.com#ext#@contoso.com            | g@fabrikam.com
					UPN           | true   | -                     | nobody#EXT#@contoso.com                    | -
					UPN           | false  | -                     | g_f.onmicrosoft.com#EXT#@contoso.com       | -
					UPN           | true   | -                     | g_f.onmicrosoft.com#EXT#@contoso.com       | g@f.onmicrosoft.com
					UPN           | false  | -                     | c#@contoso.com                             | c#@contoso.com
					""")
	void takesTheFirstThatWillDo(From from, boolean onMicrosoft, @Nullable String mail, @Nullable String name,
			@Nullable String address) {
		Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
		attributes.put("mail", mail);
		attributes.put("userPrincipalName", name);
		assertThat(new EmailMapping(from, onMicrosoft).of(new Attributes(attributes))).isEqualTo(address);
	}

	@Test
	void aGuestsOtherMailGoesBeforeWhatTheNameWasMadeOf() {
		Attributes guest = new Attributes(Map.of("userPrincipalName", "g_fabrikam.com#EXT#@contoso.com", "otherMails",
				List.of("", "grace@fabrikam.com")));
		assertThat(EmailMapping.STANDARD.of(guest)).isEqualTo("grace@fabrikam.com");
	}

	@Test
	void otherMailsAreReadOnlyWhereAGuestMayNeedThem() {
		assertThat(EmailMapping.STANDARD.attributes(false)).containsExactly("mail", "userPrincipalName");
		assertThat(EmailMapping.STANDARD.attributes(true)).containsExactly("mail", "userPrincipalName", "otherMails");
		assertThat(new EmailMapping(From.MAIL, false).attributes(true)).containsExactly("mail");
	}

}
