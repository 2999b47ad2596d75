using System.Text.Json.Nodes;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

/// <summary>Parses instructions. An instruction that looks like one of the kinds and is malformed is a fault, never free words.</summary>
internal static class InstructionParser
{
    /// <param name="source">The instruction.</param>
    /// <param name="isTemplate">Whether it is that of an entry of the catalogue, so that <c>((name))</c> is a slot.</param>
    /// <exception cref="InstructionException">The instruction is malformed.</exception>
    public static Instruction Parse(string source, bool isTemplate = false)
    {
        var start = source.Length - source.AsSpan().TrimStart().Length;
        var end = source.AsSpan().TrimEnd().Length;
        if (start >= end)
            throw new InstructionException("the instruction is empty", new Place(1, 1));
        var text = source.AsSpan(start, end - start);
        if (text[0] == '@' && !text.Contains('\n'))
            return new Instruction(InstructionKind.Template) { Action = text[1..].ToString() };
        var (slots, fields) = (new List<Slot>(), new FieldList());
        var scanner = new FieldScanner(source, slots, fields) { IsTemplate = isTemplate };
        if (text[0] == '!' || HasKey(text, "action:") || HasKey(text, "template:"))
            return Structured(scanner.Scan(start, end), slots, fields, new Place(1, 1));
        var blocks = FencedBlock.Find(source, out var isAlone);
        var marked = isAlone ? scanner.Scan(blocks[0].Start, blocks[0].End) : scanner.Scan(start, end);
        var kind = isAlone ? InstructionKind.Simple : blocks.Count > 0 ? InstructionKind.Complex : InstructionKind.Automatic;
        return new Instruction(kind)
        {
            Action = isAlone ? blocks[0].Action : "",
            Parameters = isAlone ? blocks[0].Parameters : [],
            Text = marked,
            Slots = slots,
            Fields = fields.All,
        };
    }

    /// <summary>Whether a line of the text begins with the key, so that it is YAML. A text with a fence is not.</summary>
    private static bool HasKey(ReadOnlySpan<char> text, string key)
    {
        foreach (var line in text.EnumerateLines())
        {
            if (line.StartsWith("```") || line.StartsWith("~~~"))
                return false;
            if (line.StartsWith(key) && (line.Length == key.Length || line[key.Length] == ' '))
                return true;
        }

        return false;
    }

    private static Instruction Structured(MarkedText text, List<Slot> slots, FieldList fields, Place start)
    {
        var root = new YamlReader(text.PlaceOf).Read(text.Text) ?? throw new InstructionException("the instruction is empty", start);
        if (root.Tag is null && root is TemplateMap map && map.Find("template") is { } template)
            return Template(map, template);
        var (action, value) = ActionOf(root);
        if (action.Length == 0)
            throw new InstructionException("the instruction names no action", root.At);
        return new Instruction(InstructionKind.Structured)
        {
            Action = action.ToLowerInvariant().Replace('/', '.'),
            Tree = new StructuredFields(slots, fields).Replace(value),
            Slots = slots,
            Fields = fields.All,
        };
    }

    private static (string Action, TemplateNode Value) ActionOf(TemplateNode root)
    {
        if (root.Tag is { } tag)
            return (tag[1..], Untagged(root));
        if (root is not TemplateMap map || map.Find("action") is not { } action)
            throw new InstructionException("the instruction names no action", root.At);
        // "action: !fetch" and its parameters are two spellings of the same.
        if (action.Tag is { } named)
            return (named[1..], action is TemplateMap own ? Untagged(own) : map.Without("action"));
        return action is TemplateScalar name
            ? (name.Text, map.Without("action"))
            : throw new InstructionException("\"action\" must be a name", action.At);
    }

    private static TemplateNode Untagged(TemplateNode node) => node switch
    {
        TemplateMap map => map with { Tag = null },
        TemplateList list => list with { Tag = null },
        TemplateScalar scalar => scalar with { Tag = null },
        _ => node,
    };

    private static Instruction Template(TemplateMap map, TemplateNode template)
    {
        if (template is not TemplateScalar { Tag: null, Text.Length: > 0 } name)
            throw new InstructionException("\"template\" must be a name", template.At);
        var parameters = map.Find("parameters");
        if (parameters is not (null or TemplateMap or TemplateScalar { Text: "" }))
            throw new InstructionException("\"parameters\" must be a map", parameters.At);
        return new Instruction(InstructionKind.Template)
        {
            Action = name.Text.TrimStart('@'),
            Parameters = parameters is TemplateMap values
                ? (JsonObject)TemplateJson.Of(values, _ => throw new InstructionException("the parameters of a template can't have fields", values.At))!
                : [],
        };
    }
}
