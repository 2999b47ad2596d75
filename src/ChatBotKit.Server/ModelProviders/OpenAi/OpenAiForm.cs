using System.Collections.Frozen;

namespace ChatBotKit.Server.ModelProviders.OpenAi;

/// <summary>The form of a model's requests: everything that is done otherwise than in the first one.</summary>
/// <param name="Variations">What is left out or said otherwise of our own.</param>
/// <param name="LeftOut">The fields of the provider's own that do not go back to it, by name.</param>
internal sealed record OpenAiForm(OpenAiVariations Variations, FrozenSet<string> LeftOut)
{
    public static OpenAiForm First { get; } = new(OpenAiVariations.None, FrozenSet<string>.Empty);

    public static OpenAiForm Of(OpenAiVariations variations) => First with { Variations = variations };

    public static OpenAiForm Without(IEnumerable<string> fields) => First with { LeftOut = fields.ToFrozenSet(StringComparer.Ordinal) };

    /// <summary>Both forms at once.</summary>
    public OpenAiForm And(OpenAiForm other) => Has(other) ? this : new(
        Variations | other.Variations,
        other.LeftOut.Count == 0 ? LeftOut : LeftOut.Union(other.LeftOut).ToFrozenSet(StringComparer.Ordinal));

    /// <summary>Whether everything of the other form is in this one.</summary>
    public bool Has(OpenAiForm other) => Variations.HasFlag(other.Variations) && other.LeftOut.IsSubsetOf(LeftOut);

    /// <summary>What is otherwise, in words for the log.</summary>
    public override string ToString() => string.Join(
        ", ",
        [
            .. Variations == OpenAiVariations.None ? [] : (string[])[Variations.ToString()],
            .. LeftOut.Order(StringComparer.Ordinal).Select(field => $"without {QuotedWords.Printable(field)}"),
        ]);
}
