using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

/// <summary>
/// Reads one YAML value. Aliases, duplicate keys, deep nesting and very many values are refused, so that the work is proportional to the
/// length of the text.
/// </summary>
/// <param name="placeOf">Returns the place in the instruction of a position in the text.</param>
internal sealed class YamlReader(Func<int, Place> placeOf)
{
    private const int MaxDepth = 32;
    private const int MaxNodes = 10_000;
    private const string StringTag = "tag:yaml.org,2002:str";

    private int _nodes;

    /// <returns>The value; null for an empty text.</returns>
    /// <exception cref="InstructionException">The text is not YAML, or has something that is refused.</exception>
    public TemplateNode? Read(string text)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
                return null;
            parser.Consume<DocumentStart>();
            var node = Node(parser, 0);
            parser.Consume<DocumentEnd>();
            if (parser.Current is { } more and not StreamEnd)
                throw Fault(more.Start, "there may be only one YAML document");
            return node;
        }
        catch (YamlException exception)
        {
            throw Fault(exception.Start, $"this is not YAML: {exception.Message}");
        }
    }

    private TemplateNode Node(Parser parser, int depth)
    {
        var current = parser.Current!;
        if (++_nodes > MaxNodes)
            throw Fault(current.Start, $"there are more than {MaxNodes} values");
        if (depth > MaxDepth)
            throw Fault(current.Start, $"the values are nested more than {MaxDepth} times");
        parser.MoveNext();
        return current switch
        {
            Scalar scalar => new TemplateScalar(
                scalar.Value, scalar.Style == ScalarStyle.Plain && scalar.Tag.ToString() != StringTag, TagOf(scalar), PlaceOf(scalar)),
            SequenceStart list => List(parser, list, depth),
            MappingStart map => Map(parser, map, depth),
            AnchorAlias alias => throw Fault(alias.Start, "aliases are not supported"),
            _ => throw Fault(current.Start, "a value is expected"),
        };
    }

    private TemplateList List(Parser parser, SequenceStart start, int depth)
    {
        var items = new List<TemplateNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
            items.Add(Node(parser, depth + 1));
        return new TemplateList(items, TagOf(start), PlaceOf(start));
    }

    private TemplateMap Map(Parser parser, MappingStart start, int depth)
    {
        var (entries, keys) = (new List<KeyValuePair<string, TemplateNode>>(), new HashSet<string>(StringComparer.Ordinal));
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (parser.Current is not Scalar key)
                throw Fault(parser.Current!.Start, "a key must be a text");
            if (!keys.Add(key.Value))
                throw Fault(key.Start, $"the key \"{key.Value}\" is there twice");
            parser.MoveNext();
            entries.Add(KeyValuePair.Create(key.Value, Node(parser, depth + 1)));
        }

        return new TemplateMap(entries, TagOf(start), PlaceOf(start));
    }

    private static string? TagOf(NodeEvent node) =>
        node.Tag.IsEmpty || node.Tag.IsNonSpecific || !node.Tag.Value.StartsWith('!') ? null : node.Tag.Value;

    private Place PlaceOf(ParsingEvent node) => placeOf((int)node.Start.Index);

    private InstructionException Fault(Mark at, string message) => new(message, placeOf((int)at.Index));
}
