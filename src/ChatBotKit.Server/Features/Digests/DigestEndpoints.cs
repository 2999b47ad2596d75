using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Digests.Idle;
using ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Mail;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Integrations.Extract;
using ChatBotKit.Server.Integrations.Support;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Digests;

/// <summary>Integrations that process conversations of the past: those of support and those that extract data.</summary>
internal static class DigestEndpoints
{
    private const int MaxOfSupport = 1_000;
    private const int MaxOfExtract = 100;

    public static IServiceCollection AddDigests(this IServiceCollection services) => services
        .AddSingleton<DigestModel>()
        .AddSingleton<DigestOrders>()
        .AddSingleton(static provider => IdleOptions.From(provider.GetRequiredService<IConfiguration>()))
        .AddSingleton<IdleDigests>()
        .AddDueWorkHandler<IdleWork>()
        .AddSingleton<ExtractRequestClient>()
        .AddDueWorkHandler<ExtractRequestWork>()
        .AddDueWorkHandler<ExtractWork>()
        .AddDueWorkHandler<SupportWork>();

    public static void MapDigests(this IEndpointRouteBuilder app) => app.MapApi(api =>
    {
        api.MapPost("/integration/support/{supportIntegrationId}/trigger", SupportAsync).WithName("triggerSupportIntegration").IsIdempotent()
            .WithSummary("Sends conversations with their summaries to the people of a support integration");
        var extract = api.MapGroup("/integration/extract/{extractIntegrationId}");
        extract.MapPost("/trigger", ExtractAsync).WithName("triggerExtractIntegration").IsIdempotent()
            .WithSummary("Extracts data from conversations");
        extract.MapGet("/item/list", ListAsync).WithName("listExtractIntegrationItems").AnswersList<IntegrationExtractItemItem>()
            .WithSummary("Lists the data that an integration has extracted");
        extract.MapGet("/item/export", ListAsync).WithName("exportExtractIntegrationItems").AnswersList<IntegrationExtractItemItem>()
            .WithSummary("Exports the data that an integration has extracted");
    });

    private static async Task<JsonAnswer<IntegrationSupportTriggerResponse>> SupportAsync(
        string supportIntegrationId, JsonBody<IntegrationSupportTriggerRequest> body, Caller caller, DigestOrders orders, SmtpOptions mail,
        IdempotentCall call, CancellationToken cancellationToken) =>
        JsonAnswer.Of(await orders.StartAsync(
            new DigestOrder(SupportKind.Name, SupportWork.WorkKind, supportIntegrationId, body.Value.ConversationIds, body.Value.Sample, MaxOfSupport),
            settings => RequireMail(settings, mail),
            static (id, count) => new IntegrationSupportTriggerResponse { Id = id, Triggered = count },
            caller, call, cancellationToken));

    private static async Task<JsonAnswer<IntegrationExtractTriggerResponse>> ExtractAsync(
        string extractIntegrationId, JsonBody<IntegrationExtractTriggerRequest> body, Caller caller, DigestOrders orders, IdempotentCall call,
        CancellationToken cancellationToken) =>
        JsonAnswer.Of(await orders.StartAsync(
            new DigestOrder(ExtractKind.Name, ExtractWork.WorkKind, extractIntegrationId, body.Value.ConversationIds, body.Value.Sample, MaxOfExtract),
            static _ => { },
            static (id, count) => new IntegrationExtractTriggerResponse { Id = id, Triggered = count },
            caller, call, cancellationToken));

    /// <exception cref="ApiException">409: the integration has no address; 422: the server has no mail server.</exception>
    private static void RequireMail(JsonObject settings, SmtpOptions mail)
    {
        if (string.IsNullOrWhiteSpace((string?)settings["email"]))
            throw ApiException.Conflict("The integration has no e-mail address");
        if (mail.Host is null)
            throw new ApiException(ErrorCode.UnprocessableEntity, "This server has no mail server. Its operator sets CHATBOTKIT_SMTP_URL.");
    }

    private static async Task<ListResult<IntegrationExtractItemItem>> ListAsync(
        string extractIntegrationId, ListQuery query, Caller caller, IStore store, CancellationToken cancellationToken)
    {
        var integration = await store.QueryAsync(db => db.FindOwnAsync(ExtractKind.Name, extractIntegrationId, caller.AccountId), cancellationToken)
            ?? throw ApiException.NotFound("Integration");
        return new ListResult<IntegrationExtractItemItem>(query, (page, token) => ReadAsync(store, integration.Id, page, token), item => item.Id);
    }

    private static Task<ListPiece<IntegrationExtractItemItem>> ReadAsync(
        IStore store, string integrationId, ListPage page, CancellationToken cancellationToken) =>
        store.QueryAsync(
            async db => (await db.ReadPieceAsync(
                ExtractItemTable.Rows, scope => scope.Add($" AND \"IntegrationId\" = {integrationId}"), filter: null, page,
                static row => row.Data.Length)).ConvertAll(ItemOf),
            cancellationToken).AsTask();

    private static IntegrationExtractItemItem ItemOf(ExtractItemRow row) => new()
    {
        Id = row.Id,
        ExtractIntegrationId = row.IntegrationId,
        ConversationId = row.ConversationId,
        Data = JsonNode.Parse(row.Data, documentOptions: JsonRules.Stored)!.AsObject(),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.UpdatedAt),
    };
}
