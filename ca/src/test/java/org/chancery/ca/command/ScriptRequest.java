package org.chancery.ca.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.IpLiteral;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.request.CertificateRequestBuilder;
import org.chancery.pki.testing.TestKeys;

/// A request as a script asks for one: `FILE KEY [name=N] [ca] [der] NAMES...`, where a key is one for each
/// name (`rsa2048:` before it makes a weak one) and names are `email:`, `dns:` or `ip:`.
final class ScriptRequest {
    private ScriptRequest() {}

    static void make(Path directory, List<String> words) throws Exception {
        Optional<String> displayName = words.stream()
                .filter(word -> word.startsWith("name="))
                .map(word -> word.substring("name=".length()))
                .findFirst();
        CertificateRequestBuilder request =
                CertificateRequestBuilder.of(DistinguishedName.of("Requested Subject", displayName));
        for (String word : words.subList(2, words.size())) {
            switch (word.split("[:=]", 2)[0]) {
                case "email" -> request.name(new GeneralName.Rfc822(word.substring("email:".length())));
                case "dns" -> request.name(new GeneralName.Dns(word.substring("dns:".length())));
                case "ip" -> request.name(new GeneralName.Ip(IpLiteral.parse(word.substring("ip:".length()))));
                case "ca" -> request.extension(Extensions.basicConstraintsOfAuthority(0));
                case "name", "der" -> {}
                default -> throw new AssertionError("what is " + word);
            }
        }
        byte[] der = request.build(key(words.get(1)));
        Path file = directory.resolve(words.getFirst());
        if (words.contains("der")) {
            Files.write(file, der);
        } else {
            Files.writeString(file, Pem.encode(PemLabel.CERTIFICATE_REQUEST, der));
        }
    }

    private static SigningKey key(String name) {
        return name.startsWith("rsa2048:")
                ? TestKeys.of(KeyAlgorithm.RSA_2048, "ca script " + name)
                : TestKeys.ec("ca script " + name);
    }
}
