/// The health of an authority: one check a class, each with what it found and what helps.
///
/// Entry type: [Doctor][org.chancery.ca.doctor.Doctor]. Changes nothing, asks for no passphrase.
@NullMarked
package org.chancery.ca.doctor;

import org.jspecify.annotations.NullMarked;
