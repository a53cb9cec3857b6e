/// What a fuzzer is let loose on: every parser of outside octets, and the judge. Seeds run as ordinary tests;
/// `bin/fuzz` runs the same targets under Jazzer for as long as one likes.
///
/// Entry types: [PkiTarget][org.chancery.pki.fuzz.PkiTarget], the list, and [Fuzzer][org.chancery.pki.fuzz.Fuzzer],
/// what Jazzer calls. Other modules have lists of their own. Nothing here depends on Jazzer.
@NullMarked
package org.chancery.pki.fuzz;

import org.jspecify.annotations.NullMarked;
