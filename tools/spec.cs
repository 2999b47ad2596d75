// Writes spec/operations.tsv and spec/fields.tsv from a copy of the official OpenAPI document, which is not kept here.
//
//     dotnet run tools/spec.cs -- <document> [<table of Node calls>]
//
// The second table has a heading with the columns "operationId" or "operation", and "node" or "node_client" and
// "node_method". Without it the Node calls stay as they are in spec/operations.tsv.

using System.Text.Json;

if (args.Length is < 1 or > 2)
{
    Console.Error.WriteLine("Usage: dotnet run tools/spec.cs -- <document> [<table of Node calls>]");
    return 2;
}

using var document = JsonDocument.Parse(File.ReadAllText(args[0]));
var operationsFile = Path.Combine(Environment.CurrentDirectory, "spec", "operations.tsv");
var nodeCalls = NodeCalls.Read(args.Length == 2 ? args[1] : operationsFile);
var operations = Operation.All(document.RootElement)
    .OrderBy(operation => operation.Path, StringComparer.Ordinal).ThenBy(operation => operation.Verb, StringComparer.Ordinal).ToList();

Table.Write(operationsFile, "operation\tverb\tpath\tstreams\tnode", operations.Select(operation =>
    $"{operation.Name}\t{operation.Verb}\t{operation.Path}\t{(operation.Streams ? "yes" : "no")}\t{nodeCalls.GetValueOrDefault(operation.Name, "-")}"));
Table.Write(Path.Combine(Environment.CurrentDirectory, "spec", "fields.tsv"), "operation\tplace\tfield\ttype\trequired\tnullable",
    operations.OrderBy(operation => operation.Name, StringComparer.Ordinal).SelectMany(operation => operation.Fields()));
Console.WriteLine($"{operations.Count} operations, {operations.Count(operation => operation.Streams)} of them can stream.");
return 0;

/// <summary>An operation of the document.</summary>
internal sealed class Operation(JsonElement root, string path, string verb, JsonElement content)
{
    private const string Json = "application/json";
    private const string JsonLines = "application/jsonl";

    public string Name { get; } = content.GetProperty("operationId").GetString()!;

    public string Verb { get; } = verb.ToUpperInvariant();

    public string Path { get; } = path;

    public bool Streams => AnswerOf(JsonLines) is not null;

    public static IEnumerable<Operation> All(JsonElement root) =>
        from path in root.GetProperty("paths").EnumerateObject()
        from verb in path.Value.EnumerateObject()
        where verb.Value.ValueKind == JsonValueKind.Object && verb.Value.TryGetProperty("operationId", out _)
        select new Operation(root, path.Name, verb.Name, verb.Value);

    /// <summary>Returns the rows of the table of fields, sorted by place and name.</summary>
    public IEnumerable<string> Fields()
    {
        var response = Rows(AnswerOf(Json)).ToList();
        var places = new (string Place, IEnumerable<Row> Rows)[]
        {
            // Some operations do not declare the parameters of their path, so these are taken from the path itself.
            ("path", Path.Split('{').Skip(1).Select(part => new Row(part.Split('}')[0], "string", Required: true, Nullable: false))),
            ("query", Query()),
            ("request", Rows(BodyOf(content, "requestBody", Json))),
            ("response", response),
            ("item", Items(response)),
        };
        return from place in places
               from row in place.Rows.OrderBy(row => row.Field, StringComparer.Ordinal)
               select $"{Name}\t{place.Place}\t{row.Field}\t{row.Type}\t{YesNo(row.Required)}\t{YesNo(row.Nullable)}";
    }

    private IEnumerable<Row> Query()
    {
        if (!content.TryGetProperty("parameters", out var parameters))
            yield break;
        foreach (var declared in parameters.EnumerateArray())
        {
            var parameter = Shape.Resolve(root, declared);
            if (!parameter.TryGetProperty("in", out var place) || place.GetString() != "query")
                continue;
            var shape = parameter.TryGetProperty("schema", out var schema) ? Shape.Of(root, schema) : new Shape();
            var isRequired = parameter.TryGetProperty("required", out var required) && required.GetBoolean();
            foreach (var row in shape.Rows(parameter.GetProperty("name").GetString()!, isRequired))
                yield return row;
        }
    }

    // The lines of a list have the same fields as its pages. Only other lines, and lists that differ, get rows of their own.
    private IEnumerable<Row> Items(IReadOnlyList<Row> response)
    {
        if (AnswerOf(JsonLines) is not { } schema)
            return [];

        var lines = Shape.Alternatives(root, schema).Select(line => Shape.Of(root, line)).ToList();
        if (lines is not [{ LineType: "item" } only])
            return lines.SelectMany(line => line.Rows().Select(row => row with { Field = $"{line.LineType}/{row.Field}" })).Distinct();

        var items = only.Members["data"].Shape.Rows().ToList();
        const string Page = "items[].";
        var pages = response.Where(row => row.Field.StartsWith(Page, StringComparison.Ordinal)).Select(row => row with { Field = row.Field[Page.Length..] });
        return items.ToHashSet().SetEquals(pages) ? [] : items;
    }

    private IEnumerable<Row> Rows(JsonElement? schema) => schema is { } found ? Shape.Of(root, found).Rows() : [];

    private JsonElement? AnswerOf(string type) => BodyOf(content.GetProperty("responses"), "200", type);

    private JsonElement? BodyOf(JsonElement parent, string name, string type) =>
        parent.TryGetProperty(name, out var body) && Shape.Resolve(root, body).TryGetProperty("content", out var contents)
        && contents.TryGetProperty(type, out var media) && media.TryGetProperty("schema", out var schema) ? schema : null;

    private static string YesNo(bool value) => value ? "yes" : "no";
}

/// <summary>A field without its operation and place.</summary>
internal sealed record Row(string Field, string Type, bool Required, bool Nullable);

/// <summary>The values that a schema allows, with all alternatives merged.</summary>
internal sealed class Shape
{
    private static readonly string[] Choices = ["oneOf", "anyOf"];

    private readonly SortedSet<string> _kinds = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _values = new(StringComparer.Ordinal);
    private bool _nullable;
    private Shape? _element;
    private Shape? _entry;

    public Dictionary<string, (Shape Shape, bool Required)> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the only value of the field <c>type</c>, which distinguishes the lines of a stream.</summary>
    public string LineType => Members.TryGetValue("type", out var type) && type.Shape._values.Count == 1 ? type.Shape._values.Min! : "*";

    private bool IsObject => _kinds.Contains("object");

    private string Type => _kinds.Count == 0 || _kinds.Contains("any") ? "any" : string.Join('|', _kinds.Select(TypeOfKind));

    public static Shape Of(JsonElement root, JsonElement schema)
    {
        schema = Resolve(root, schema);
        var result = Own(root, schema);
        foreach (var name in Choices)
        {
            if (schema.TryGetProperty(name, out var choices))
                result.Narrow(Overlay(choices.EnumerateArray().Select(choice => Of(root, choice)).ToList()));
        }

        if (schema.TryGetProperty("allOf", out var parts))
        {
            foreach (var part in parts.EnumerateArray())
                result.Narrow(Of(root, part));
        }

        // This can occur beside the alternatives too.
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray().Select(name => name.GetString()!).Where(result.Members.ContainsKey))
                result.Members[name] = (result.Members[name].Shape, Required: true);
        }

        return result;
    }

    public static IEnumerable<JsonElement> Alternatives(JsonElement root, JsonElement schema)
    {
        schema = Resolve(root, schema);
        var choices = Choices.Where(name => schema.TryGetProperty(name, out _)).SelectMany(name => schema.GetProperty(name).EnumerateArray()).ToList();
        return choices.Count == 0 ? [schema] : choices.SelectMany(choice => Alternatives(root, choice));
    }

    public static JsonElement Resolve(JsonElement root, JsonElement schema)
    {
        while (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("$ref", out var reference))
        {
            schema = reference.GetString()!.TrimStart('#', '/').Split('/')
                .Aggregate(root, (at, part) => at.GetProperty(part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)));
        }

        return schema;
    }

    /// <summary>Returns the rows of all fields below this one.</summary>
    public IEnumerable<Row> Rows(string prefix = "") =>
        Members.SelectMany(member => member.Value.Shape.Rows(prefix + member.Key, member.Value.Required))
            .Concat(_entry?.Rows($"{prefix}*", isRequired: false) ?? [])
            .Concat(_element?.Rows($"{prefix.TrimEnd('.')}[].") ?? []);

    /// <summary>Returns the rows of this field and of those below it.</summary>
    public IEnumerable<Row> Rows(string field, bool isRequired) =>
        Rows($"{field}.").Prepend(new Row(field, Type, isRequired, _nullable));

    private static Shape Own(JsonElement root, JsonElement schema)
    {
        var result = new Shape { _nullable = schema.TryGetProperty("nullable", out var nullable) && nullable.ValueKind == JsonValueKind.True };
        result.ReadKinds(schema);
        if (schema.TryGetProperty("properties", out var properties))
        {
            foreach (var property in properties.EnumerateObject())
                result.Members[property.Name] = (Of(root, property.Value), Required: false);
        }

        if (schema.TryGetProperty("items", out var element))
            result._element = Of(root, element);
        // A map without a schema for its entries is a free-form object.
        if (schema.TryGetProperty("additionalProperties", out var entry) && entry.ValueKind == JsonValueKind.Object
            && Of(root, entry) is { Type: not "any" } shape)
            result._entry = shape;
        return result;
    }

    private void ReadKinds(JsonElement schema)
    {
        if (schema.TryGetProperty("type", out var type))
        {
            var names = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(name => name.GetString()!) : [type.GetString()!];
            foreach (var name in names)
                _nullable |= name == "null" || !_kinds.Add(name);
        }
        else if (schema.TryGetProperty("properties", out _) || schema.TryGetProperty("additionalProperties", out _))
        {
            _kinds.Add("object");
        }

        if (!schema.TryGetProperty("enum", out var values) || _kinds.Any(kind => kind != "string"))
            return;
        _kinds.Clear();
        _kinds.Add("enum");
        _values.UnionWith(values.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!));
    }

    /// <summary>Merges alternative shapes: a member is required if every object among them requires it.</summary>
    private static Shape Overlay(IReadOnlyList<Shape> choices)
    {
        var result = new Shape();
        var objects = choices.Count(choice => choice.IsObject);
        foreach (var choice in choices)
        {
            result._nullable |= choice._nullable;
            result._kinds.UnionWith(choice._kinds.Count == 0 ? ["any"] : choice._kinds);
            result._values.UnionWith(choice._values);
            result._element = Either(result._element, choice._element);
            result._entry = Either(result._entry, choice._entry);
        }

        foreach (var member in choices.SelectMany(choice => choice.Members).GroupBy(member => member.Key, member => member.Value))
        {
            var isRequired = member.Count() == objects && member.All(found => found.Required);
            result.Members[member.Key] = (member.Select(found => found.Shape).Aggregate((first, second) => Either(first, second)!), isRequired);
        }

        return result;
    }

    private static Shape? Either(Shape? first, Shape? second) =>
        first is null ? second : second is null || ReferenceEquals(first, second) ? first : Overlay([first, second]);

    /// <summary>Combines this shape with another one that must hold at the same time.</summary>
    private void Narrow(Shape other)
    {
        if (_kinds.Count == 0)
            _kinds.UnionWith(other._kinds);
        _values.UnionWith(other._values);
        _nullable |= other._nullable;
        _element ??= other._element;
        _entry ??= other._entry;
        foreach (var (name, member) in other.Members)
            Members[name] = Members.TryGetValue(name, out var own) ? (own.Shape, own.Required || member.Required) : member;
    }

    private string TypeOfKind(string kind) => kind switch
    {
        "array" => $"array<{_element?.Type ?? "any"}>",
        "enum" => $"enum({string.Join('|', _values)})",
        _ => kind,
    };
}

/// <summary>The calls of the official Node SDK, by operation.</summary>
internal static class NodeCalls
{
    public static Dictionary<string, string> Read(string path)
    {
        if (!File.Exists(path))
            return [];

        var rows = File.ReadAllLines(path).Select(line => line.Split('\t')).ToList();
        var operation = Math.Max(Array.IndexOf(rows[0], "operationId"), Array.IndexOf(rows[0], "operation"));
        return rows.Skip(1).Where(row => row.Length == rows[0].Length).ToDictionary(row => row[operation], row => Call(rows[0], row));
    }

    private static string Call(string[] heading, string[] row)
    {
        var whole = Array.IndexOf(heading, "node");
        if (whole >= 0)
            return row[whole];

        var client = Array.IndexOf(heading, "node_client");
        var method = Array.IndexOf(heading, "node_method");
        if (client < 0 || method < 0 || row[client] == "-")
            return "-";
        return string.Join('|', row[method].Split('|').Select(name => $"{row[client]}.{name}"));
    }
}

/// <summary>A file with a heading and tab-separated columns.</summary>
internal static class Table
{
    public static void Write(string path, string heading, IEnumerable<string> rows) =>
        File.WriteAllText(path, string.Join('\n', rows.Prepend(heading)) + "\n");
}
