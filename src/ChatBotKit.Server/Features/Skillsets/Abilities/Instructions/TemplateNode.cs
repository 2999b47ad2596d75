namespace ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

/// <summary>A YAML value in which marks stand for slots.</summary>
/// <param name="Tag">The tag, with its exclamation mark; null for none.</param>
/// <param name="At">The place in the instruction.</param>
internal abstract record TemplateNode(string? Tag, Place At);

/// <param name="Text">The text, with marks.</param>
/// <param name="IsPlain">Whether the text has no quotes, so that it may be a number, a truth value or null.</param>
/// <param name="Tag">The tag.</param>
/// <param name="At">The place.</param>
internal sealed record TemplateScalar(string Text, bool IsPlain, string? Tag, Place At) : TemplateNode(Tag, At);

internal sealed record TemplateList(IReadOnlyList<TemplateNode> Items, string? Tag, Place At) : TemplateNode(Tag, At);

internal sealed record TemplateMap(IReadOnlyList<KeyValuePair<string, TemplateNode>> Entries, string? Tag, Place At) : TemplateNode(Tag, At)
{
    public TemplateNode? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (entry.Key == key)
                return entry.Value;
        }

        return null;
    }

    public TemplateMap Without(string key) => this with { Entries = [.. Entries.Where(entry => entry.Key != key)] };
}
