/// Keys: which are good, how they are made, and how to sign without seeing the private half.
///
/// Entry type: [SigningKey][org.chancery.pki.key.SigningKey]. All operations go through the JCA. Imports nothing of
/// this project but `der` and `name`.
@NullMarked
package org.chancery.pki.key;

import org.jspecify.annotations.NullMarked;
