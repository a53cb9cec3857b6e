@NullMarked
package org.chancery.pki;

import org.jspecify.annotations.NullMarked;
