package org.chancery.pki.path.constraint;

import java.util.regex.Pattern;
import org.chancery.pki.name.DomainName;
import org.chancery.pki.name.MalformedNameException;

/// A mailbox by RFC 5280 section 4.2.1.6: `Local-part "@" Domain` of RFC 2821 section 4.1.2, where the
/// local part may be quoted. The wider relative of [Address][org.chancery.pki.name.Address], for names that
/// others issued.
///
/// @param local with its case, and without the quotes it can do without: `"a"@b.example` is `a@b.example` (RFC
/// 5321 section 4.1.2)
/// @param host in lower case
public record Mailbox(String local, String host) {
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final Pattern LOCAL_PART =
            Pattern.compile("(%1$s(\\.%1$s)*)|(\"([ !#-\\[\\]-~]|\\\\[ -~])+\")".formatted(ATOM));

    private static final Pattern QUOTED_PAIR = Pattern.compile("\\\\(.)");

    /// RFC 5321 section 4.5.3.1.
    private static final int MAX_LOCAL_PART = 64;

    /// Reads one.
    ///
    /// @throws MalformedNameException if it is none: no `@` or more than one outside quotes, or no domain
    /// name
    public static Mailbox parse(String text) throws MalformedNameException {
        int at = text.lastIndexOf('@');
        // The host first: where there is no `@`, the whole is no local part, and a lone host must not pass for one.
        DomainName host = DomainName.parse(text.substring(at + 1));
        String local = text.substring(0, Math.max(at, 0));
        if (local.length() > MAX_LOCAL_PART || !LOCAL_PART.matcher(local).matches()) {
            throw MalformedNameException.malformed("no mailbox, local@domain: " + text);
        }
        return new Mailbox(unquoted(local), host.value());
    }

    private static String unquoted(String local) {
        return local.startsWith("\"")
                ? QUOTED_PAIR.matcher(local.substring(1, local.length() - 1)).replaceAll("$1")
                : local;
    }
}
