using ChatBotKit.Server.Features.Blueprints;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;

namespace ChatBotKit.Server.Features.GraphQl.Schema;

/// <summary>
/// The GraphQL schema, which is made from the declarations of the kinds: a type with the fields of the item, a query for one resource and
/// one for a list, a field for each reference, and lists of children. It is made at the first request.
/// </summary>
internal sealed class ResourceSchema
{
    private const string Id = "id";

    private readonly Lazy<Parts> _parts;

    public ResourceSchema(ResourceKinds kinds) => _parts = new Lazy<Parts>(() => Create(kinds));

    public ISchema Schema => _parts.Value.Schema;

    /// <summary>The names of the fields that return lists.</summary>
    public IReadOnlySet<string> ListFields => _parts.Value.ListFields;

    /// <summary>Returns the name of the field for one resource, such as <c>slackIntegration</c>.</summary>
    public static string NameOf(ResourceKind kind) => BlueprintCategories.NameOf(kind);

    /// <summary>Returns the name of the field for a list, such as <c>abilities</c>.</summary>
    public static string PluralOf(ResourceKind kind) => NameOf(kind) is [.. var stem, 'y'] ? $"{stem}ies" : $"{NameOf(kind)}s";

    private static Parts Create(ResourceKinds kinds)
    {
        var types = new ResourceGraphTypes(kinds);
        var query = new ObjectGraphType { Name = "Query" };
        foreach (var kind in kinds.All)
        {
            query.AddField(One(kind, types));
            query.AddField(List(kind, types));
        }

        var schema = new GraphQL.Types.Schema { Query = query };
        schema.Initialize();
        return new Parts(schema, kinds.All.Select(PluralOf).ToHashSet(StringComparer.Ordinal));
    }

    private static FieldType One(ResourceKind kind, ResourceGraphTypes types) => new()
    {
        Name = NameOf(kind),
        Description = $"One {kind.Title.ToLowerInvariant()}, by its id, @alias or (name).",
        ResolvedType = types.Of(kind),
        Arguments = [.. Parent(kind), new QueryArgument(typeof(NonNullGraphType<IdGraphType>)) { Name = Id }],
        Resolver = new FuncFieldResolver<object>(async context => await GraphQlCall.Of(context).Queries.FindAsync(
            GraphQlCall.Of(context), kind, ListArguments.IdOf(context, Id), ParentOf(kind, context), context.CancellationToken)),
    };

    private static FieldType List(ResourceKind kind, ResourceGraphTypes types) => new()
    {
        Name = PluralOf(kind),
        Description = $"The resources of this kind: {kind.Title.ToLowerInvariant()}.",
        ResolvedType = types.ListOf(kind),
        Arguments =
        [
            .. Parent(kind), .. ListArguments.Paging(types, withCursor: true),
            .. ListArguments.FiltersOf(kind).Select(name => new QueryArgument(typeof(StringGraphType)) { Name = name }),
            .. ListArguments.MetaOf(kind, types),
        ],
        Resolver = new FuncFieldResolver<object>(async context =>
        {
            var page = new ListPage(context.GetArgument<string?>(ListArguments.Cursor), ListArguments.IsDescending(context), ListArguments.TakeOf(context));
            return await GraphQlCall.Of(context).Queries.ListAsync(
                GraphQlCall.Of(context), kind, ParentOf(kind, context), new ListArguments(context), page, context.CancellationToken);
        }),
    };

    private static IEnumerable<QueryArgument> Parent(ResourceKind kind) => kind.ParentParameter is { } parent
        ? [new QueryArgument(typeof(NonNullGraphType<IdGraphType>)) { Name = parent }]
        : [];

    private static string? ParentOf(ResourceKind kind, IResolveFieldContext context) =>
        kind.ParentParameter is { } parent ? ListArguments.IdOf(context, parent) : null;

    private sealed record Parts(ISchema Schema, IReadOnlySet<string> ListFields);
}
