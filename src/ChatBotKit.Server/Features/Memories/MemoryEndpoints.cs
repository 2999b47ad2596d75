using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Memories;

internal static class MemoryEndpoints
{
    public static void MapMemorySearch(this IEndpointRouteBuilder app) => app.MapApi(group =>
    {
        group.MapPost("/memory/search", SearchAsync).WithName("searchMemory")
            .WithSummary("Finds the memories that match a question");
        group.MapPost("/bot/{botId}/memory/search", SearchOfBotAsync).WithName("searchBotMemory")
            .WithSummary("Finds the memories of a bot that match a question");
        group.MapPost("/contact/{contactId}/memory/search", SearchOfContactAsync).WithName("searchContactMemory")
            .WithSummary("Finds the memories about a contact that match a question");
    });

    private static async Task<JsonAnswer<MemorySearchResponse>> SearchAsync(
        JsonBody<MemorySearchRequest> body, Caller caller, MemorySearch memories, CancellationToken cancellationToken) =>
        JsonAnswer.Of(await memories.SearchAsync(body.Value, caller, cancellationToken));

    private static async Task<JsonAnswer<MemorySearchResponse>> SearchOfBotAsync(
        string botId, JsonBody<BotMemorySearchRequest> body, Caller caller, MemorySearch memories, CancellationToken cancellationToken) =>
        JsonAnswer.Of(await memories.SearchOfAsync(MemoryKind.Bot, botId, body.Value.Search, caller, cancellationToken));

    private static async Task<JsonAnswer<MemorySearchResponse>> SearchOfContactAsync(
        string contactId, JsonBody<ContactMemorySearchRequest> body, Caller caller, MemorySearch memories,
        CancellationToken cancellationToken) =>
        JsonAnswer.Of(await memories.SearchOfAsync(MemoryKind.Contact, contactId, body.Value.Search, caller, cancellationToken));
}
