package io.rollcall.model.event;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/**
 * Makes Jackson believe what the records say: a component is required and never null
 * unless it is {@link Nullable}, and so are the elements of a list or map. Asked once a
 * type, when its deserializer is built, so that a read pays next to nothing.
 */
final class RequiredUnlessNullable extends JacksonAnnotationIntrospector {

	@Override
	public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
		AnnotatedType type = componentType(member);
		if (type == null) {
			return super.hasRequiredMarker(config, member);
		}
		return !isNullable(type);
	}

	@Override
	public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
		AnnotatedType type = componentType(annotated);
		return (type != null) ? JsonSetter.Value.construct(nulls(type), nulls(elementType(type)))
				: super.findSetterInfo(config, annotated);
	}

	private static Nulls nulls(@Nullable AnnotatedType type) {
		return (type == null || isNullable(type)) ? Nulls.DEFAULT : Nulls.FAIL;
	}

	private static boolean isNullable(AnnotatedType type) {
		return type.isAnnotationPresent(Nullable.class);
	}

	/**
	 * Asks the record and not the parameter: javac leaves nested type annotations out of
	 * a compact constructor's parameters.
	 */
	private static @Nullable AnnotatedType componentType(Annotated annotated) {
		if (annotated instanceof AnnotatedParameter parameter && parameter.getDeclaringClass().isRecord()) {
			RecordComponent[] components = parameter.getDeclaringClass().getRecordComponents();
			boolean canonical = parameter.getOwner().getParameterCount() == components.length;
			return canonical ? components[parameter.getIndex()].getAnnotatedType() : null;
		}
		return null;
	}

	private static @Nullable AnnotatedType elementType(AnnotatedType type) {
		if (type instanceof AnnotatedParameterizedType parameterized) {
			AnnotatedType[] arguments = parameterized.getAnnotatedActualTypeArguments();
			return arguments[arguments.length - 1];
		}
		return null;
	}

}
