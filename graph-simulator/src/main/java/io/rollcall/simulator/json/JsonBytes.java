package io.rollcall.simulator.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A JSON document being written into one growing byte array, without any tree or mapper
 * between.
 */
public final class JsonBytes {

	private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

	private byte[] bytes;

	private int length;

	public JsonBytes() {
		this(1024);
	}

	/**
	 * A document whose size is about known.
	 * @param capacity in bytes; the buffer grows when it is not enough
	 */
	public JsonBytes(int capacity) {
		this.bytes = new byte[capacity];
	}

	/** Opens an object, after a comma where one is needed. */
	public JsonBytes object() {
		return element().raw('{');
	}

	public JsonBytes endObject() {
		return raw('}');
	}

	/** Opens an array, after a comma where one is needed. */
	public JsonBytes array() {
		return element().raw('[');
	}

	public JsonBytes endArray() {
		return raw(']');
	}

	/** A member's name, which must be plain ASCII without quotes. */
	public JsonBytes name(String name) {
		element().raw('"').ascii(name);
		return raw('"').raw(':');
	}

	/** A member's name that was prepared by {@link #encodedName(String)}. */
	public JsonBytes name(byte[] encoded) {
		element();
		return raw(encoded);
	}

	public static byte[] encodedName(String name) {
		return ('"' + name + "\":").getBytes(StandardCharsets.ISO_8859_1);
	}

	public JsonBytes field(String name, @Nullable Object value) {
		return name(name).value(value);
	}

	/** Any of: null, text, boolean, number, list, map. */
	public JsonBytes value(@Nullable Object value) {
		switch (value) {
			case null -> element().ascii("null");
			case String text -> text(text);
			case Boolean flag -> element().ascii(flag ? "true" : "false");
			case Number number -> element().ascii(number.toString());
			case List<?> list -> {
				array();
				list.forEach(this::value);
				endArray();
			}
			case Map<?, ?> map -> {
				object();
				map.forEach((key, member) -> field(key.toString(), member));
				endObject();
			}
			default -> text(value.toString());
		}
		return this;
	}

	public JsonBytes text(String text) {
		element();
		int chars = text.length();
		ensure(chars * 6 + 2);
		byte[] target = this.bytes;
		int at = this.length;
		target[at++] = '"';
		for (int i = 0; i < chars; i++) {
			char c = text.charAt(i);
			if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
				target[at++] = (byte) c;
			}
			else if (c >= 0x7f) {
				int last = endOfNonAscii(text, i);
				byte[] utf8 = text.substring(i, last).getBytes(StandardCharsets.UTF_8);
				System.arraycopy(utf8, 0, target, at, utf8.length);
				at += utf8.length;
				i = last - 1;
			}
			else {
				at = escape(target, at, c);
			}
		}
		target[at++] = '"';
		this.length = at;
		return this;
	}

	/** A line break between documents of a stream. */
	public JsonBytes newLine() {
		return raw('\n');
	}

	/** Text that needs no escaping, without quotes. */
	public JsonBytes ascii(String text) {
		int chars = text.length();
		ensure(chars);
		for (int i = 0; i < chars; i++) {
			this.bytes[this.length++] = (byte) text.charAt(i);
		}
		return this;
	}

	public JsonBytes raw(byte[] encoded) {
		ensure(encoded.length);
		System.arraycopy(encoded, 0, this.bytes, this.length, encoded.length);
		this.length += encoded.length;
		return this;
	}

	/** Room for a value that its owner writes itself, and where it begins. */
	public int reserve(int size) {
		element();
		ensure(size);
		int start = this.length;
		this.length += size;
		return start;
	}

	/** Goes on with what another document wrote, without its first bytes. */
	public JsonBytes rest(JsonBytes other, int from) {
		element();
		ensure(other.length - from);
		System.arraycopy(other.bytes, from, this.bytes, this.length, other.length - from);
		this.length += other.length - from;
		return this;
	}

	/** The buffer itself, valid until the next write. */
	public byte[] buffer() {
		return this.bytes;
	}

	public int size() {
		return this.length;
	}

	public byte[] toBytes() {
		return Arrays.copyOf(this.bytes, this.length);
	}

	@Override
	public String toString() {
		return new String(this.bytes, 0, this.length, StandardCharsets.UTF_8);
	}

	private static int endOfNonAscii(String text, int from) {
		int end = from;
		while (end < text.length() && text.charAt(end) >= 0x7f) {
			end++;
		}
		return end;
	}

	private static int escape(byte[] target, int at, char c) {
		target[at++] = '\\';
		switch (c) {
			case '"', '\\' -> target[at++] = (byte) c;
			case '\n' -> target[at++] = 'n';
			case '\r' -> target[at++] = 'r';
			case '\t' -> target[at++] = 't';
			default -> {
				target[at++] = 'u';
				target[at++] = '0';
				target[at++] = '0';
				target[at++] = HEX[c >> 4];
				target[at++] = HEX[c & 15];
			}
		}
		return at;
	}

	/** A comma is due unless something was just opened or named. */
	private JsonBytes element() {
		if (this.length > 0) {
			byte last = this.bytes[this.length - 1];
			if (last != '{' && last != '[' && last != ':' && last != '\n') {
				raw(',');
			}
		}
		return this;
	}

	private JsonBytes raw(char c) {
		ensure(1);
		this.bytes[this.length++] = (byte) c;
		return this;
	}

	private void ensure(int more) {
		if (this.length + more > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(this.bytes.length * 2, this.length + more));
		}
	}

}
