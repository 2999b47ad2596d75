using System.Text.Json;

namespace ChatBotKit.Conventions.Tests;

/// <summary>Compares the records of an operation's methods with the official document.</summary>
internal static class ContractComparison
{
    /// <summary>Returns the differences that are not recorded as intended.</summary>
    public static async Task<IReadOnlyList<Difference>> OpenAsync() =>
        [.. (await AllAsync()).Where(difference => !SpecTables.Exceptions.Any(exception => exception.Covers(difference)))];

    /// <summary>Returns all differences of the operations that have a method, including intended ones.</summary>
    public static async Task<IReadOnlyList<Difference>> AllAsync() =>
    [
        .. (await SdkCalls.ByOperationAsync()).Where(calls => !calls.Key.IsOwn)
            .SelectMany(calls => Of(calls.Key, [.. calls]))
            .DistinctBy(difference => (difference.Operation, difference.Place, difference.Field, difference.Kind))
            .OrderBy(difference => difference.ToString(), StringComparer.Ordinal),
    ];

    private static IEnumerable<Difference> Of(SpecOperation operation, IReadOnlyList<SdkCall> calls) =>
        Query(operation, calls).Concat(Request(operation, calls)).Concat(Response(operation, calls)).Concat(Items(operation, calls))
            .Concat(calls.SelectMany(call => RequestNames.Unknown(operation, call))).Concat(Streams(operation, calls));

    private static IEnumerable<Difference> Streams(SpecOperation operation, IReadOnlyList<SdkCall> calls) =>
        operation.Streams == calls.Any(call => call.Streams)
            ? []
            : [new Difference(operation.Name, "sdk", "-", "streams", operation.Streams ? "can stream, ours cannot" : "cannot stream, ours can")];

    private static IEnumerable<Difference> Query(SpecOperation operation, IReadOnlyList<SdkCall> calls)
    {
        var sent = calls.SelectMany(call => call.QueryNames).ToHashSet();
        return Fields(operation, "query").Where(field => !field.Path.Contains('.', StringComparison.Ordinal) && !sent.Contains(field.Path))
            .Select(field => new Difference(operation.Name, "query", field.Path, "missing", field.Type));
    }

    private static IEnumerable<Difference> Request(SpecOperation operation, IReadOnlyList<SdkCall> calls)
    {
        var documented = Fields(operation, "request").ToList();
        var records = calls.Select(BodyOf).OfType<IReadOnlyDictionary<string, ContractField>>().ToList();
        if (records.Count > 0)
            return records.SelectMany(record => Compare(operation, "request", documented, record));

        // Methods without a record build their body from their arguments.
        var sent = calls.SelectMany(call => call.BodyFields).ToHashSet();
        return FieldPaths.Outermost(documented.Select(field => field.Path).Where(path => !sent.Contains(path)))
            .Select(path => new Difference(operation.Name, "request", path, "missing", "no method sends it"));
    }

    /// <summary>Finds the argument that is the body: the record with all fields of the request.</summary>
    private static IReadOnlyDictionary<string, ContractField>? BodyOf(SdkCall call) => call.BodyFields.Count == 0 ? null : call.Method.GetParameters()
        .Where(parameter => parameter.ParameterType.Assembly == typeof(ChatBotKitJson).Assembly)
        .Select(parameter => ContractShape.Of(parameter.ParameterType))
        .FirstOrDefault(shape => call.BodyFields.Where(field => !field.Contains('.', StringComparison.Ordinal)).All(shape.ContainsKey));

    private static IEnumerable<Difference> Response(SpecOperation operation, IReadOnlyList<SdkCall> calls)
    {
        var documented = Fields(operation, "response").ToList();
        var answers = calls.Select(call => call.Answer).OfType<Type>().Distinct().ToList();
        return documented.Count > 0 && answers.Count == 0
            ? [new Difference(operation.Name, "response", "-", "missing", "no method gives an answer")]
            : answers.SelectMany(answer => Response(operation, documented, answer));
    }

    private static IEnumerable<Difference> Response(SpecOperation operation, List<SpecField> documented, Type answer)
    {
        if (documented.Count == 0)
            return [];
        if (WireType.Of(answer) is { Kind: not ("object" or "array") } or { IsFree: true })
            return [new Difference(operation.Name, "response", "-", "type", $"known fields, ours is {answer.Name}")];
        return Compare(operation, "response", documented, ContractShape.Of(answer));
    }

    private static IEnumerable<Difference> Items(SpecOperation operation, IReadOnlyList<SdkCall> calls)
    {
        var parts = calls.Select(call => call.Part).OfType<Type>().Distinct().ToList();
        return from line in Fields(operation, "item").GroupBy(field => field.Path.Contains('/', StringComparison.Ordinal) ? field.Path.Split('/')[0] : "")
               from part in parts
               from difference in Line(operation, line.Key, [.. line], part)
               select difference;
    }

    private static IEnumerable<Difference> Line(SpecOperation operation, string name, IReadOnlyList<SpecField> fields, Type part)
    {
        if (name.Length == 0)
            return Compare(operation, "item", fields, ContractShape.Of(part));
        if (EventOf(name, part) is not { } type)
            return [new Difference(operation.Name, "item", name, "missing", $"{part.Name} has no such line")];

        var prefix = $"{name}/";
        var rest = fields.Where(field => field.Path != $"{prefix}type").Select(field => field with { Path = field.Path[prefix.Length..] });
        return Compare(operation, "item", [.. rest], ContractShape.OfLine(type)).Select(difference => difference with { Field = prefix + difference.Field });
    }

    private static Type? EventOf(string name, Type part)
    {
        try
        {
            var line = JsonSerializer.Deserialize($$"""{"type":"{{name}}","data":{} }""", ChatBotKitJson.ClientOptions.GetTypeInfo(part))!.GetType();
            return line == typeof(UnknownEvent) ? null : line;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<Difference> Compare(
        SpecOperation operation, string place, IReadOnlyList<SpecField> documented, IReadOnlyDictionary<string, ContractField> ours)
    {
        var paths = new FieldPaths(documented.Select(field => field.Path));
        var broken = documented.Where(field => !ours.TryGetValue(field.Path, out var own) || (own.Type.IsFree && paths.HasParts(field.Path)))
            .Select(field => field.Path).ToHashSet();
        var known = documented.Where(field => !FieldPaths.ParentsOf(field.Path).Any(broken.Contains)).SelectMany(field => Compare(field, ours, paths));
        var extra = FieldPaths.Outermost(ours.Keys.Where(path => !paths.Allows(path)))
            .Where(path => place is "request" || ours[path].Required)
            .Select(path => (path, "extra", ours[path].Required ? "ours requires it" : "ours has it"));
        return known.Concat(extra).Select(found => new Difference(operation.Name, place, found.Item1, found.Item2, found.Item3));
    }

    private static IEnumerable<(string Path, string Kind, string Details)> Compare(
        SpecField field, IReadOnlyDictionary<string, ContractField> ours, FieldPaths paths)
    {
        if (!ours.TryGetValue(field.Path, out var own))
        {
            yield return (field.Path, "missing", $"{field.Type}{(field.Required ? ", required" : "")}");
            yield break;
        }

        if (own.Type.IsFree && paths.HasParts(field.Path))
            yield return (field.Path, "type", $"{field.Type} with known fields, ours is free");
        else if (!TypeFit.Fits(field.Type, own.Type, isRead: field.Place is not "request"))
            yield return (field.Path, "type", $"{field.Type}, ours is {own.Type}");
        if (field.Required != own.Required)
            yield return (field.Path, "required", field.Required ? "required, ours is not" : "optional, ours is required");
        if (field.Nullable && !own.Nullable && field.Place is not "request")
            yield return (field.Path, "nullable", "may be null, ours may not");
    }

    private static IEnumerable<SpecField> Fields(SpecOperation operation, string place) =>
        SpecTables.Fields[operation.Name].Where(field => field.Place == place);
}
