using System.Collections.Frozen;
using ChatBotKit.Server.ModelProviders.OpenAi.Failures;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Requests;

/// <summary>The differences between a model's requests and the default form of a request.</summary>
/// <param name="Variations">The changes to fields of the server.</param>
/// <param name="LeftOut">The names of the provider's own fields that are not sent back to it.</param>
internal sealed record OpenAiForm(OpenAiVariations Variations, FrozenSet<string> LeftOut)
{
    public static OpenAiForm First { get; } = new(OpenAiVariations.None, FrozenSet<string>.Empty);

    public static OpenAiForm Of(OpenAiVariations variations) => First with { Variations = variations };

    public static OpenAiForm Without(IEnumerable<string> fields) => First with { LeftOut = fields.ToFrozenSet(StringComparer.Ordinal) };

    /// <summary>Combines both forms.</summary>
    public OpenAiForm And(OpenAiForm other) => Has(other) ? this : new(
        Variations | other.Variations,
        other.LeftOut.Count == 0 ? LeftOut : LeftOut.Union(other.LeftOut).ToFrozenSet(StringComparer.Ordinal));

    /// <summary>Whether this form contains all differences of the other one.</summary>
    public bool Has(OpenAiForm other) => Variations.HasFlag(other.Variations) && other.LeftOut.IsSubsetOf(LeftOut);

    /// <summary>Returns the differences in words for the log.</summary>
    public override string ToString() => string.Join(
        ", ",
        [
            .. Variations == OpenAiVariations.None ? [] : (string[])[Variations.ToString()],
            .. LeftOut.Order(StringComparer.Ordinal).Select(field => $"without {QuotedWords.Printable(field)}"),
        ]);
}
