package org.chancery.ca.profile;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chancery.ca.profile.NamespaceException.Failure;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DomainName;
import org.chancery.pki.name.IpRange;
import org.chancery.pki.name.MalformedNameException;

/// The names an authority may certify: what stands, critical, in its issuing certificate's name constraints.
///
/// @param domains addresses are in one of these exactly, host names in one of these or below
/// @param ranges where the IP addresses of relays lie
public record Namespace(List<DomainName> domains, List<IpRange> ranges) {
    /// A verifier compares every name with every constraint.
    static final int MAX_ENTRIES = 32;

    /// Loopback and private networks (RFC 1122, RFC 1918, RFC 4291, RFC 4193).
    public static final List<String> DEFAULT_RANGES =
            List.of("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7");

    public Namespace {
        domains = List.copyOf(domains);
        ranges = List.copyOf(ranges);
    }

    /// Reads what an operator writes.
    ///
    /// @throws NamespaceException naming the first entry that is none
    public static Namespace parse(List<String> domains, List<String> ranges) throws NamespaceException {
        if (domains.isEmpty() || domains.size() > MAX_ENTRIES || ranges.size() > MAX_ENTRIES) {
            throw new NamespaceException(
                    Failure.COUNT, domains.size() + " domains and " + ranges.size() + " address ranges");
        }
        List<DomainName> names = new ArrayList<>();
        for (String domain : domains) {
            names.add(domain(domain));
        }
        List<IpRange> networks = new ArrayList<>();
        for (String range : ranges) {
            networks.add(range(range));
        }
        return new Namespace(names, networks);
    }

    public boolean permits(Address address) {
        return domains.stream().anyMatch(domain -> domain.value().equals(address.domain()));
    }

    /// A host is permitted in the domain and below it (RFC 5280 section 4.2.1.10 for dNSName).
    public boolean permits(DomainName host) {
        return domains.stream().anyMatch(domain -> isWithin(host, domain.value()));
    }

    public boolean permits(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static boolean isWithin(DomainName name, String domain) {
        return name.value().equals(domain) || name.value().endsWith("." + domain);
    }

    private static DomainName domain(String text) throws NamespaceException {
        try {
            DomainName domain = DomainName.parse(text);
            if (domain.isLocalhost()) {
                throw new NamespaceException(Failure.LOCALHOST, domain + " is every machine's own name");
            }
            return domain;
        } catch (MalformedNameException e) {
            throw new NamespaceException(Failure.DOMAIN_SYNTAX, "domain \"" + text + "\": " + e.getMessage());
        }
    }

    private static IpRange range(String text) throws NamespaceException {
        try {
            return IpRange.parse(text);
        } catch (MalformedNameException e) {
            throw new NamespaceException(Failure.RANGE_SYNTAX, "address range \"" + text + "\": " + e.getMessage());
        }
    }

    String domainsInWords() {
        return inWords(domains.stream());
    }

    String rangesInWords() {
        return inWords(ranges.stream());
    }

    /// In words: `lab.example, 127.0.0.0/8`.
    @Override
    public String toString() {
        return inWords(Stream.concat(domains.stream(), ranges.stream()));
    }

    private static String inWords(Stream<?> entries) {
        return entries.map(Object::toString).collect(Collectors.joining(", "));
    }
}
