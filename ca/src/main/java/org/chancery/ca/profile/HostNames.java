package org.chancery.ca.profile;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.chancery.ca.profile.NamePolicy.Kind;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.DomainName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.IpLiteral;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.request.CertificateRequest;

/// A relay's names: host names and IP addresses, those given or else those requested; CN is the first host
/// name, or absent.
final class HostNames {
    /// Enough for every name a relay is reached by; each is compared with every constraint.
    private static final int MAX_NAMES = 32;

    private HostNames() {}

    static Names decide(CertificateRequest request, Wishes wishes, Namespace namespace, Set<Kind> kinds)
            throws Refusal {
        if (wishes.address().isPresent() || wishes.displayName().isPresent()) {
            throw new Refusal(RefusalReason.NAME_TYPE, "--address and --name with a relay's certificate");
        }
        if ((!kinds.contains(Kind.DNS) && !wishes.hosts().isEmpty())
                || (!kinds.contains(Kind.IP) && !wishes.ips().isEmpty())) {
            throw new Refusal(RefusalReason.NAME_TYPE, "--dns or --ip with a profile without such names");
        }
        boolean given = !wishes.hosts().isEmpty() || !wishes.ips().isEmpty();
        Set<GeneralName> names = given ? given(wishes, namespace) : requested(request, namespace, kinds);
        if (names.isEmpty()) {
            throw new Refusal(RefusalReason.NO_HOST, "no dNSName or iPAddress requested and none given");
        }
        if (names.size() > MAX_NAMES) {
            throw new Refusal(RefusalReason.TOO_MANY_NAMES, names.size() + " names, at most " + MAX_NAMES);
        }
        GeneralName first = names.iterator().next();
        String label = firstHost(names).orElseGet(() -> text(first));
        return new Names(subject(names), List.copyOf(names), Optional.empty(), label, items(request, names, given));
    }

    private static Set<GeneralName> given(Wishes wishes, Namespace namespace) throws Refusal {
        Set<GeneralName> names = new LinkedHashSet<>();
        for (String host : wishes.hosts()) {
            names.add(host(host, namespace));
        }
        for (String ip : wishes.ips()) {
            try {
                names.add(permitted(new GeneralName.Ip(IpLiteral.parse(ip)), namespace));
            } catch (MalformedNameException e) {
                throw new Refusal(RefusalReason.MALFORMED_HOST, "\"" + ip + "\": " + e.getMessage());
            }
        }
        return names;
    }

    private static Set<GeneralName> requested(CertificateRequest request, Namespace namespace, Set<Kind> kinds)
            throws Refusal {
        Set<GeneralName> names = new LinkedHashSet<>();
        for (GeneralName name : request.requestedNames()) {
            if (name instanceof GeneralName.Dns(String host) && kinds.contains(Kind.DNS)) {
                names.add(host(host, namespace));
            } else if (name instanceof GeneralName.Ip ip && kinds.contains(Kind.IP)) {
                names.add(permitted(ip, namespace));
            }
        }
        return names;
    }

    private static GeneralName host(String text, Namespace namespace) throws Refusal {
        DomainName host;
        try {
            host = DomainName.parse(text);
        } catch (MalformedNameException e) {
            throw new Refusal(RefusalReason.MALFORMED_HOST, "\"" + text + "\": " + e.getMessage());
        }
        if (host.isLocalhost()) {
            throw new Refusal(RefusalReason.LOCALHOST, host.value());
        }
        if (!namespace.permits(host)) {
            throw new Refusal(
                    RefusalReason.NOT_PERMITTED, host + ", it is for " + namespace.domainsInWords() + " and below");
        }
        return new GeneralName.Dns(host.value());
    }

    private static GeneralName permitted(GeneralName.Ip ip, Namespace namespace) throws Refusal {
        if (!namespace.permits(ip.address())) {
            throw new Refusal(RefusalReason.NOT_PERMITTED, text(ip) + ", it is for " + namespace.rangesInWords());
        }
        return ip;
    }

    /// A host name longer than a commonName may be stays in the SAN alone, which is where everybody looks.
    private static DistinguishedName subject(Set<GeneralName> names) {
        try {
            Optional<String> host = firstHost(names);
            return host.isPresent() ? DistinguishedName.of(host.get()) : DistinguishedName.EMPTY;
        } catch (MalformedNameException longerThanACommonName) {
            return DistinguishedName.EMPTY;
        }
    }

    private static Optional<String> firstHost(Set<GeneralName> names) {
        return names.stream()
                .filter(GeneralName.Dns.class::isInstance)
                .map(name -> ((GeneralName.Dns) name).host())
                .findFirst();
    }

    private static List<Item> items(CertificateRequest request, Set<GeneralName> granted, boolean given) {
        List<Item> items = new ArrayList<>();
        for (GeneralName name : request.requestedNames()) {
            if (granted.contains(folded(name))) {
                items.add(Item.granted("name", name.toString()));
            } else {
                boolean host = name instanceof GeneralName.Dns || name instanceof GeneralName.Ip;
                items.add(Item.dropped(
                        "name",
                        name.toString(),
                        given && host ? "other names were given" : "a relay's certificate carries hosts alone"));
            }
        }
        return items;
    }

    private static GeneralName folded(GeneralName name) {
        return name instanceof GeneralName.Dns(String host) ? new GeneralName.Dns(host.toLowerCase(Locale.ROOT)) : name;
    }

    private static String text(GeneralName name) {
        return switch (name) {
            case GeneralName.Dns(String host) -> host;
            case GeneralName.Ip(var address) -> address.getHostAddress();
            case GeneralName.Rfc822 _, GeneralName.Uri _, GeneralName.Directory _, GeneralName.Other _ ->
                name.toString();
        };
    }
}
