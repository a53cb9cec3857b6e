/// Artefacts from anywhere, judged by the same rules as our own.
///
/// Entry type: [org.chancery.ca.lint.foreign.ForeignLint].
@NullMarked
package org.chancery.ca.lint.foreign;

import org.jspecify.annotations.NullMarked;
