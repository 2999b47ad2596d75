using System.Collections;
using System.Globalization;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using GraphQL;
using GraphQL.Types;

namespace ChatBotKit.Server.Features.GraphQl.Schema;

/// <summary>The arguments of a list, as the filters that the operation <c>list</c> of the kind has.</summary>
internal sealed class ListArguments(IResolveFieldContext context) : IListFilters
{
    public const string Cursor = "cursor";
    public const string Take = "take";

    /// <summary>How many resources a list has when its query does not say.</summary>
    public const int DefaultTake = 25;

    private const string OrderName = "order";
    private const string MetaName = "meta";

    public IReadOnlyList<KeyValuePair<string, string>> Meta { get; } = ReadMeta(context);

    public string? Value(string name) =>
        context.HasArgument(name) && context.GetArgument<string?>(name) is { Length: > 0 } value ? value : null;

    public static IEnumerable<QueryArgument> Paging(ResourceGraphTypes types, bool withCursor)
    {
        if (withCursor)
            yield return new QueryArgument(typeof(StringGraphType)) { Name = Cursor, Description = "The cursor of the previous page." };
        yield return new QueryArgument(types.Order) { Name = OrderName };
        yield return new QueryArgument(typeof(IntGraphType)) { Name = Take, Description = $"1 to {ListQuery.MaxTake}; default: {DefaultTake}." };
    }

    /// <summary>Returns the names of the filters of a kind.</summary>
    public static IEnumerable<string> FiltersOf(ResourceKind kind) =>
        kind.Fields.References.Where(reference => reference.IsFilter).Select(reference => reference.Field).Concat(kind.Filters);

    public static IEnumerable<QueryArgument> MetaOf(ResourceKind kind, ResourceGraphTypes types) => kind.Fields.Has(ResourceFields.Meta)
        ? [new QueryArgument(new ListGraphType(new NonNullGraphType(types.MetaFilter))) { Name = MetaName }]
        : [];

    /// <summary>Returns an id, which a query may also write as a number.</summary>
    public static string IdOf(IResolveFieldContext context, string name) =>
        Convert.ToString(context.Arguments![name].Value, CultureInfo.InvariantCulture)!;

    public static bool IsDescending(IResolveFieldContext context) => context.GetArgument<string?>(OrderName) != "asc";

    public static int TakeOf(IResolveFieldContext context) =>
        context.GetArgument<int?>(Take) is { } take ? Math.Clamp(take, 1, ListQuery.MaxTake) : DefaultTake;

    private static List<KeyValuePair<string, string>> ReadMeta(IResolveFieldContext context)
    {
        var filters = new List<KeyValuePair<string, string>>();
        if (context.Arguments?.TryGetValue(MetaName, out var argument) != true || argument.Value is not IEnumerable given)
            return filters;
        foreach (var filter in given.OfType<IDictionary<string, object?>>())
            filters.Add(KeyValuePair.Create((string)filter["key"]!, (string)filter["value"]!));
        ListFilterValues.CheckMeta(filters);
        return filters;
    }
}
