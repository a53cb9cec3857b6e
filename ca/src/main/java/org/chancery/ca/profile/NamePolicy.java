package org.chancery.ca.profile;

import java.util.Set;
import org.chancery.pki.request.CertificateRequest;

/// Which names certificates of a profile carry.
sealed interface NamePolicy {
    /// What becomes of the names requested and wished for.
    Names decide(CertificateRequest request, Wishes wishes, Namespace namespace) throws Refusal;

    /// Kinds of names, as a profile lists them.
    enum Kind {
        ADDRESS,
        DNS,
        IP,
        NONE
    }

    /// One address: a person's.
    ///
    /// @param displayName whether a name for people to read may stand in the subject
    record Person(boolean displayName) implements NamePolicy {
        @Override
        public Names decide(CertificateRequest request, Wishes wishes, Namespace namespace) throws Refusal {
            return PersonNames.decide(request, wishes, namespace, displayName);
        }
    }

    /// Host names, IP addresses, or both: a machine's.
    record Host(Set<Kind> kinds) implements NamePolicy {
        public Host {
            kinds = Set.copyOf(kinds);
        }

        @Override
        public Names decide(CertificateRequest request, Wishes wishes, Namespace namespace) throws Refusal {
            return HostNames.decide(request, wishes, namespace, kinds);
        }
    }

    /// No subjectAlternativeName: the authority's own servant.
    ///
    /// @param commonName where the operator gives none
    record Nameless(String commonName) implements NamePolicy {
        @Override
        public Names decide(CertificateRequest request, Wishes wishes, Namespace namespace) throws Refusal {
            return ServantNames.decide(request, wishes, commonName);
        }
    }
}
