package org.chancery.pki.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks the test that goes red when the defence against a threat is taken away. docs/threats.md is written from these
/// marks, and `bin/defences` takes the defences away.
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.SOURCE)
public @interface Defends {
    /// Against what.
    Threat[] value();
}
