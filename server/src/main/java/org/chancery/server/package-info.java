@NullMarked
package org.chancery.server;

import org.jspecify.annotations.NullMarked;
