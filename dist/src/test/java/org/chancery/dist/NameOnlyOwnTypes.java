package org.chancery.dist;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Holds for a class whose public and protected members name no type of the given packages: not as parameter, result,
/// type argument, field, supertype or exception.
final class NameOnlyOwnTypes extends ArchCondition<JavaClass> {
    private final List<String> foreign;

    NameOnlyOwnTypes(String... foreign) {
        super("name no type of " + String.join(", ", foreign) + " in a visible signature");
        this.foreign = List.of(foreign);
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        List<JavaType> supertypes = new ArrayList<>(type.getInterfaces());
        type.getSuperclass().ifPresent(supertypes::add);
        report(type.getName(), supertypes.stream(), type, events);
        for (JavaMember member : type.getMembers()) {
            boolean visible = member.getModifiers().contains(JavaModifier.PUBLIC)
                    || member.getModifiers().contains(JavaModifier.PROTECTED);
            if (visible && !member.getModifiers().contains(JavaModifier.SYNTHETIC)) {
                report(member.getFullName(), typesOf(member), type, events);
            }
        }
    }

    private static Stream<JavaType> typesOf(JavaMember member) {
        return switch (member) {
            case JavaField field -> Stream.of(field.getType());
            case JavaCodeUnit unit ->
                Stream.concat(
                        Stream.concat(unit.getParameterTypes().stream(), Stream.of(unit.getReturnType())),
                        unit.getExceptionTypes().stream());
            default -> Stream.empty();
        };
    }

    private void report(String where, Stream<? extends JavaType> types, JavaClass type, ConditionEvents events) {
        types.flatMap(t -> t.getAllInvolvedRawTypes().stream())
                .map(JavaClass::getName)
                .filter(name -> foreign.stream().anyMatch(name::startsWith))
                .distinct()
                .forEach(name -> events.add(SimpleConditionEvent.violated(type, where + " names " + name)));
    }
}
