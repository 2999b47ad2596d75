using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Resources;

/// <summary>
/// Maps the routes of every kind. The handlers are plain delegates with explicit metadata, because the request delegate generator
/// does not support handlers with open generics. Changing operations run once per idempotency key.
/// </summary>
internal static class ResourceRoutes
{
    private const string Json = "application/json";

    public static void MapResources(this IEndpointRouteBuilder app)
    {
        var kinds = app.ServiceProvider.GetRequiredService<ResourceKinds>();
        var published = ResourceOperations.Read();
        app.MapApi(group =>
        {
            foreach (var kind in kinds.All)
                new KindRoutes(group, kind).Map(published.Of(kind));
        });
    }

    private delegate Task<IResult> Handle(ResourceRequest request);

    private delegate Task<IResult> HandleOnce(ResourceRequest request, IdempotentCall call);

    /// <summary>Maps the routes of one kind below one prefix.</summary>
    private sealed class KindRoutes(IEndpointRouteBuilder group, ResourceKind kind)
    {
        private readonly string _title = kind.Title.ToLowerInvariant();

        public void Map(List<ResourceOperation> operations) => operations.ForEach(Map);

        private void Map(ResourceOperation operation)
        {
            switch (operation.Verb)
            {
                case ResourceVerb.Create:
                    Post(operation, $"Creates a {_title}", kind.Types.Create, kind.ReadCreateAsync, (handlers, request, body, call) => handlers.CreateAsync(request, body, call), kind.IsAnsweredWhole ? kind.Types.Item : null);
                    break;
                case ResourceVerb.Update:
                    Post(operation, $"Changes a {_title}", kind.Types.Update, kind.ReadUpdateAsync, (handlers, request, body, call) => handlers.UpdateAsync(request, body, call));
                    break;
                case ResourceVerb.List:
                    List(operation, $"Lists the resources of this kind: {_title}");
                    break;
                case ResourceVerb.Export:
                    List(operation, $"Lists all resources of this kind, also as a table: {_title}");
                    break;
                case ResourceVerb.Fetch:
                    Get(operation, $"Fetches a {_title}", FetchAsync).WithMetadata(Answers(kind.Types.Item));
                    break;
                case ResourceVerb.Delete:
                    Post<EmptyRequest>(operation, $"Deletes a {_title}", (request, _, call) => Service<ResourceHandlers>(request).DeleteAsync(request, call));
                    break;
                case ResourceVerb.Clone:
                    Post<EmptyRequest>(operation, $"Copies a {_title}", (request, _, call) => Service<ResourceHandlers>(request).CloneAsync(request, call));
                    break;
                case ResourceVerb.Upvote:
                    Post<UpvoteRequest>(operation, $"Rates a {_title} positively", (request, body, call) => Service<ResourceVotes>(request).AddAsync(request, Vote.Up(body), call));
                    break;
                case ResourceVerb.Downvote:
                    Post<DownvoteRequest>(operation, $"Rates a {_title} negatively", (request, body, call) => Service<ResourceVotes>(request).AddAsync(request, Vote.Down(body), call));
                    break;
            }
        }

        private static T Service<T>(ResourceRequest request)
            where T : notnull => request.Context.RequestServices.GetRequiredService<T>();

        private static async Task<IResult> FetchAsync(ResourceRequest request)
        {
            var store = Service<ResourceStore>(request);
            var row = await store.ReadAsync(request.FindOwnAsync, request.Cancelled);
            return new ResourceAnswer(Service<ResourceSecrets>(request).ShowMade(request.Kind, row));
        }

        private void List(ResourceOperation operation, string summary) =>
            Get(operation, summary, request => Service<ResourceListing>(request).ListAsync(request)).WithMetadata(
                new QueryFields(ListFields), Answers(kind.Types.List), new StreamedAnswer(kind.Types.Item, StreamKind.List));

        private IEnumerable<QueryField> ListFields() =>
        [
            .. ListQuery.Fields,
            .. kind.Fields.References.Where(reference => reference.IsFilter).Select(reference => new QueryField(
                reference.Field, $"Only those of this {ResourceKind.TitleOf(reference.Target).ToLowerInvariant()}; several ids are separated by commas.")),
            .. kind.Filters.Select(field => new QueryField(field, $"Only those that have this `{field}`.", Choices: [.. kind.Fields.ChoicesOf(field) ?? []])),
            .. kind.Fields.Has(ResourceFields.Meta) ? [QueryField.OfMeta] : Array.Empty<QueryField>(),
        ];

        private IEndpointConventionBuilder Get(ResourceOperation operation, string summary, Handle handle)
        {
            RequestDelegate route = async context => await (await handle(await RequestAsync(operation, context))).ExecuteAsync(context);
            return Describe(group.MapGet(operation.Path, route), operation, summary, route);
        }

        private ValueTask<ResourceRequest> RequestAsync(ResourceOperation operation, HttpContext context) =>
            new ResourceRequest(kind, operation, context).WithAccountAsync(context.RequestServices.GetRequiredService<ResourceStore>());

        private void Post<T>(ResourceOperation operation, string summary, Func<ResourceRequest, T, IdempotentCall, Task<IResult>> handle) =>
            Post(operation, summary, typeof(T), async context =>
            {
                var body = await JsonBodyReader.ReadAsync<T>(context, maxBytes: null, context.RequestAborted);
                return (body.Hash, (request, call) => handle(request, body.Value, call));
            });

        private void Post(
            ResourceOperation operation, string summary, Type body, Func<HttpContext, ValueTask<ResourceBody>> read,
            Func<ResourceHandlers, ResourceRequest, ResourceBody, IdempotentCall, Task<IResult>> handle, Type? answer = null) =>
            Post(operation, summary, body, answer: answer, read: async context =>
            {
                var fields = await read(context);
                return (fields.Hash, (request, call) => handle(Service<ResourceHandlers>(request), request, fields, call));
            });

        private void Post(
            ResourceOperation operation, string summary, Type body, Func<HttpContext, Task<(byte[]? Hash, HandleOnce Handle)>> read,
            Type? answer = null)
        {
            async Task RunAsync(HttpContext context)
            {
                var (hash, handle) = await read(context);
                var idempotency = context.RequestServices.GetRequiredService<Idempotency>();
                var result = await idempotency.RunAsync(context, hash, async call => await handle(await RequestAsync(operation, context), call));
                await result.ExecuteAsync(context);
            }

            RequestDelegate route = RunAsync;
            Describe(group.MapPost(operation.Path, route), operation, summary, route)
                .WithMetadata(IdempotentRoute.Instance, new JsonRequest(body), Answers(answer ?? typeof(IdResponse)));
        }

        private static IEndpointConventionBuilder Describe(
            IEndpointConventionBuilder route, ResourceOperation operation, string summary, RequestDelegate handler) =>
            // The API's description distinguishes handlers by their method.
            route.WithName(operation.Name).WithSummary(summary).WithMetadata(handler.Method);

        private static ProducesResponseTypeMetadata Answers(Type type) => new(StatusCodes.Status200OK, type, [Json]);
    }
}
