/// The authority's memory: every certificate, every act, every revocation, every CRL number, in one SQLite
/// file, the acts in a chain of hashes whose head stands outside.
///
/// Entry type: [org.chancery.ca.ledger.Ledger]. What it has said is committed and fsynced before the caller
/// goes on. JDBC lives here and nowhere else in this module; this package must never import profiles, keys or
/// the command line.
@NullMarked
package org.chancery.ca.ledger;

import org.jspecify.annotations.NullMarked;
