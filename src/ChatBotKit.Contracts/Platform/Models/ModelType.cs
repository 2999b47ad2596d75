using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies what a model generates.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<ModelType>))]
public readonly record struct ModelType(string Value) : IOpenString<ModelType>
{
    private static readonly ModelType[] KnownValues = [new("language"), new("image"), new("video"), new("rerank")];

    /// <summary>Gets the type of models that generate text.</summary>
    public static ModelType Language => KnownValues[0];

    /// <summary>Gets the type of models that generate images.</summary>
    public static ModelType Image => KnownValues[1];

    /// <summary>Gets the type of models that generate videos.</summary>
    public static ModelType Video => KnownValues[2];

    /// <summary>Gets the type of models that rerank search results.</summary>
    public static ModelType Rerank => KnownValues[3];

    static ReadOnlySpan<ModelType> IOpenString<ModelType>.Known => KnownValues;

    static ModelType IOpenString<ModelType>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
