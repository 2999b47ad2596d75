using System.Diagnostics.CodeAnalysis;

namespace ChatBotKit;

/// <summary>
/// A field of an update: absent (the stored value is kept), null (the stored value is cleared), or a new value. The default
/// is absent. A plain value converts implicitly: <c>Name = "Support"</c>.
/// </summary>
/// <typeparam name="T">The type of the field's value.</typeparam>
public readonly record struct Optional<T> : IOptional
{
    private readonly T? _value;
    private readonly bool _isNull;

    /// <summary>
    /// Initializes a new instance of the <see cref="Optional{T}"/> struct that carries <paramref name="value"/>; a null value
    /// means <see cref="Null"/>.
    /// </summary>
    /// <param name="value">The new value of the field.</param>
    public Optional(T? value)
    {
        _value = value;
        _isNull = value is null;
        IsSpecified = true;
    }

    private Optional(bool isNull)
    {
        _value = default;
        _isNull = isNull;
        IsSpecified = true;
    }

    /// <summary>Gets the field that is sent as null, which clears the stored value.</summary>
    [SuppressMessage("Design", "CA1000", Justification = "Reads best at the place of use: Optional<string>.Null.")]
    public static Optional<T> Null => new(isNull: true);

    /// <summary>Gets whether the field is part of the update, as a value or as null.</summary>
    public bool IsSpecified { get; }

    /// <summary>Gets whether the field has a value that is not null.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool HasValue => IsSpecified && !_isNull;

    /// <summary>Gets the value, or the default of <typeparamref name="T"/> when <see cref="HasValue"/> is false.</summary>
    public T? Value => _value;

    /// <summary>Converts a value to a field, so that it can be assigned without naming this type.</summary>
    /// <param name="value">The new value; null clears the field.</param>
    [SuppressMessage("Usage", "CA2225", Justification = "The constructor is the named alternative.")]
    public static implicit operator Optional<T>(T? value) => new(value);

    /// <summary>Returns the value after the update: <paramref name="current"/> when absent, the default when null.</summary>
    /// <param name="current">The stored value.</param>
    /// <returns>The value to store.</returns>
    public T? Or(T? current) => IsSpecified ? _value : current;

    /// <summary>Returns the value as text, "null", or an empty text when absent.</summary>
    /// <returns>A text for logs and debuggers, without secrets.</returns>
    public override string ToString() => HasValue ? $"{_value}" : IsSpecified ? "null" : "";
}

/// <summary>Lets the serializer check whether a field is absent without knowing its type.</summary>
internal interface IOptional
{
    bool IsSpecified { get; }
}
