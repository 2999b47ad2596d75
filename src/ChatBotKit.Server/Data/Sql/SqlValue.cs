namespace ChatBotKit.Server.Data;

/// <summary>The type of a value. A null has a type too, because a database may need it.</summary>
internal enum SqlType : byte
{
    /// <summary>The type of a null is not known.</summary>
    Unknown,
    Text,
    Bytes,
    Number,
    Boolean,
}

/// <summary>A value that is bound to a parameter. Unlike with an <c>object</c>, a number needs no allocation.</summary>
internal readonly struct SqlValue
{
    private readonly bool _hasNumber;

    private SqlValue(object? value, SqlType type) => (Object, Type) = (value, type);

    private SqlValue(long number, SqlType type) => (Number, Type, _hasNumber) = (number, type, true);

    /// <summary>A string, a byte array or null.</summary>
    public object? Object { get; }

    /// <summary>The number; 1 for true and 0 for false.</summary>
    public long Number { get; }

    public SqlType Type { get; }

    /// <summary>Whether the value is a number or a boolean, and not null.</summary>
    public bool IsNumber => _hasNumber;

    public static implicit operator SqlValue(string? value) => new(value, SqlType.Text);

    public static implicit operator SqlValue(byte[]? value) => new(value, SqlType.Bytes);

    public static implicit operator SqlValue(long value) => new(value, SqlType.Number);

    public static implicit operator SqlValue(long? value) => value is { } number ? new(number, SqlType.Number) : new(null, SqlType.Number);

    public static implicit operator SqlValue(bool value) => new(value ? 1L : 0, SqlType.Boolean);

    public static implicit operator SqlValue(bool? value) => value is { } flag ? flag : new SqlValue(null, SqlType.Boolean);
}

internal static class SqlValues
{
    /// <summary>Copies the values into the span, which has room for exactly as many.</summary>
    public static void Fill(this Span<SqlValue> to, params ReadOnlySpan<SqlValue> values)
    {
        if (to.Length != values.Length)
            throw new ArgumentException($"A row has {values.Length} values and its table {to.Length} columns.", nameof(values));
        values.CopyTo(to);
    }
}
