namespace ChatBotKit.Conventions.Tests;

/// <summary>Compares the names in a query and a body with the documented ones.</summary>
internal static class RequestNames
{
    public static IEnumerable<Difference> Unknown(SpecOperation operation, SdkCall call) =>
        Unknown(operation, call, "query", call.QueryNames).Concat(Unknown(operation, call, "request", call.BodyFields));

    private static IEnumerable<Difference> Unknown(SpecOperation operation, SdkCall call, string place, IEnumerable<string> names)
    {
        var documented = new FieldPaths(SpecTables.Fields[operation.Name].Where(field => field.Place == place).Select(field => field.Path));
        return FieldPaths.Outermost(names.Where(name => !documented.Allows(name)))
            .Select(name => new Difference(operation.Name, place, name, "extra", $"{call.Name} sends it"));
    }
}
