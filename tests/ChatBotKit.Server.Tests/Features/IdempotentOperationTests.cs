using System.Net;
using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>
/// Sends a request twice with the same key to every idempotent route of the features. Other tests cover the idempotent resource routes.
/// </summary>
public sealed class IdempotentOperationTests
{
    /// <summary>The operation, path and body of each request. Their order creates everything that a later request needs.</summary>
    private static readonly (string Name, string Path, string Body)[] Requests =
    [
        ("createConversation", "conversation/create", """{"name":"a"}"""),
        ("updateConversation", "conversation/{talk}/update", """{"name":"a"}"""),
        ("upsertConversationContact", "conversation/{talk}/contact/upsert", """{"fingerprint":"0123456789abcdef"}"""),
        ("ensureContact", "contact/ensure", """{"fingerprint":"fedcba9876543210"}"""),
        ("createConversationMessage", "conversation/{talk}/message/create", """{"type":"user","text":"a"}"""),
        ("updateConversationMessage", "conversation/{talk}/message/{message}/update", """{"text":"b"}"""),
        ("upvoteConversationMessage", "conversation/{talk}/message/{message}/upvote", "{}"),
        ("downvoteConversationMessage", "conversation/{talk}/message/{message}/downvote", "{}"),
        ("upvoteConversation", "conversation/{talk}/upvote", "{}"),
        ("downvoteConversation", "conversation/{talk}/downvote", "{}"),
        ("synthesizeConversationMessage", "conversation/{talk}/message/{message}/synthesize", "{}"),
        ("uploadConversationAttachment", "conversation/{talk}/attachment/upload", """{"file":{"type":"image/png","size":1}}"""),
        ("uploadFile", "file/{file}/upload", """{"file":{"type":"image/png","size":1}}"""),
        ("createDatasetRecord", "dataset/{dataset}/record/create", """{"text":"a"}"""),
        ("updateDatasetRecord", "dataset/{dataset}/record/{record}/update", """{"text":"b"}"""),
        ("deleteDatasetRecord", "dataset/{dataset}/record/{record}/delete", "{}"),
        ("attachDatasetFile", "dataset/{dataset}/file/{file}/attach", "{}"),
        ("syncDatasetFile", "dataset/{dataset}/file/{file}/sync", "{}"),
        ("syncFile", "file/{file}/sync", "{}"),
        ("detachDatasetFile", "dataset/{dataset}/file/{file}/detach", "{}"),
        ("uploadSpaceStoragePath", "space/{space}/storage/upload/a.txt", """{"file":"data:text/plain,Hello"}"""),
        ("copySpaceStoragePath", "space/{space}/storage/copy/a.txt", """{"destinationPath":"b.txt"}"""),
        ("moveSpaceStoragePath", "space/{space}/storage/move/b.txt", """{"destinationPath":"c/d.txt"}"""),
        ("deleteSpaceStoragePath", "space/{space}/storage/delete/c", """{"recursive":true}"""),
        ("cancelTaskExecution", "task/{task}/execution/{execution}/cancel", "{}"),
        ("cancelTask", "task/{task}/cancel", "{}"),
        ("triggerTask", "task/{task}/trigger", "{}"),
        ("clonePlatformExample", "platform/example/faq-assistant/clone", "{}"),
        ("attachWidgetIntegrationFile", "integration/widget/{widget}/file/{file}/attach", """{"type":"bar"}"""),
        ("detachWidgetIntegrationFile", "integration/widget/{widget}/file/{file}/detach", "{}"),
        ("triggerSupportIntegration", "integration/support/{support}/trigger", """{"conversationIds":[]}"""),
        ("triggerExtractIntegration", "integration/extract/{extract}/trigger", """{"conversationIds":[]}"""),
        ("syncSitemapIntegration", "integration/sitemap/{sitemap}/sync", "{}"),
        ("invokeTriggerIntegration", "integration/trigger/{trigger}/invoke", "{}"),
        ("sendConversationMessage", "conversation/{talk}/send", """{"text":"a"}"""),
        ("completeConversationMessage", "conversation/{talk}/complete", """{"text":"a"}"""),
        ("receiveConversationMessage", "conversation/{talk}/receive", "{}"),
        ("dispatchStatefulConversation", "conversation/{talk}/dispatch", """{"text":"a"}"""),
        ("dispatchConversation", "conversation/dispatch", """{"model":"extractive","messages":[{"type":"user","text":"a"}]}"""),
        ("compactConversation", "conversation/{talk}/compact", "{}"),
        ("deleteConversationMessage", "conversation/{talk}/message/{message}/delete", "{}"),
        ("publishChannelMessage", "channel/0123456789abcdef/publish", """{"message":{"a":1}}"""),
        ("createConversationSession", "conversation/{talk}/session/create", "{}"),
        ("createBotSession", "bot/{bot}/session/create", """{"messages":[{"type":"user","text":"a"}]}"""),
        ("refreshConversationSession", "conversation/{talk}/session/{session}/refresh", "{}"),
        ("revokeConversationSession", "conversation/{talk}/session/{session}/revoke", "{}"),
        ("revokeConversationSessions", "conversation/{talk}/session/revoke", "{}"),
        ("revokeContactSessions", "contact/{contact}/session/revoke", "{}"),
        ("revokeSessions", "session/revoke", "{}"),
        ("rotateSessionKey", "session/key/rotate", "{}"),
        ("revokeSessionKey", "session/key/{key}/revoke", "{}"),
        ("createServerToken", "server/token/create", """{"name":"a"}"""),
        ("revokeServerToken", "server/token/{token}/revoke", "{}"),
        ("retryServerWork", "server/work/{work}/retry", "{}"),
        ("dropServerWork", "server/work/{work}/drop", "{}"),
        ("createPartnerUser", "partner/user/create", """{"name":"a"}"""),
        ("updatePartnerUser", "partner/user/{user}/update", """{"name":"b"}"""),
        ("createPartnerUserToken", "partner/user/{user}/token/create", "{}"),
        ("updatePartnerUserToken", "partner/user/{user}/token/{userToken}/update", """{"name":"b"}"""),
        ("deletePartnerUserToken", "partner/user/{user}/token/{userToken}/delete", "{}"),
        ("createPartnerUserSession", "partner/user/{user}/session/create", "{}"),
        ("deletePartnerUser", "partner/user/{user}/delete", "{}"),
        ("revokeSecret", "secret/{secret}/revoke", "{}"),
        ("revokeContactSecret", "contact/{contact}/secret/{personalSecret}/revoke", "{}"),
        ("importBlueprintResources", "blueprint/{blueprint}/resource/import", """{"resources":{"bot":[{"name":"a"}]}}"""),
        ("cloneBlueprint", "blueprint/{blueprint}/clone", "{}"),
        ("createBlueprintBulletin", "blueprint/{blueprint}/bulletin/create", """{"text":"a"}"""),
        ("deleteBlueprint", "blueprint/{blueprint}/delete", "{}"),
        ("deleteContact", "contact/{contact}/delete", "{}"),
        ("deleteConversation", "conversation/{talk}/delete", "{}"),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryOperation_ThatIsRepeatedWithItsKey_IsDoneOnce()
    {
        await using var speaker = await LocalWebServer.StartAsync(app => app.MapPost("/v1/audio/speech", () => Results.Bytes([1], "audio/mpeg")));
        await using var server = await FeatureServer.StartAsync(settings: new Dictionary<string, string?>
        {
            ["OPENAI_BASE_URL"] = $"{speaker.Url}/v1",
            ["CHATBOTKIT_SMTP_URL"] = "smtp://mail.invalid",
            ["CHATBOTKIT_SMTP_FROM"] = "bot@shop.example",
        });
        var ids = await PrepareAsync(server);

        foreach (var (name, template, body) in Requests)
        {
            var path = ids.Aggregate(template, (text, id) => text.Replace($"{{{id.Key}}}", id.Value, StringComparison.Ordinal));
            var (status, isReplayed, first) = await SendAsync(server, name, path, body);
            Assert.True(status == HttpStatusCode.OK && !isReplayed, $"{name}: {(int)status} {first}");
            (status, isReplayed, var second) = await SendAsync(server, name, path, body);
            Assert.True(status == HttpStatusCode.OK && isReplayed, $"{name}, again: {(int)status} {second}");
            Assert.Equal($"{name} {Lasting(first)}", $"{name} {Lasting(second)}");
            (status, _, var third) = await SendAsync(server, name, path, body + " ");
            Assert.True(status == HttpStatusCode.Conflict, $"{name}, otherwise: {(int)status} {third}");
        }
    }

    [Fact]
    public async Task EveryIdempotentOperation_IsAmongThem()
    {
        await using var server = await FeatureServer.StartAsync();
        var operations = ResourceOperations.Read();
        var ofKit = server.Service<ResourceKinds>().All.SelectMany(kind => operations.Of(kind)).Select(operation => operation.Name).ToHashSet();
        var idempotent = server.Service<EndpointDataSource>().Endpoints
            .Where(route => route.Metadata.GetMetadata<IdempotentRoute>() is not null)
            .Select(route => route.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName);

        Assert.Equal(
            idempotent.Where(name => !ofKit.Contains(name)).Order(StringComparer.Ordinal),
            Requests.Select(request => request.Name).Order(StringComparer.Ordinal));
    }

    private static async Task<Dictionary<string, string>> PrepareAsync(FeatureServer server)
    {
        var talk = await server.CreateConversationAsync("""{"model":"extractive"}""");
        var session = await server.PostAsync($"conversation/{talk}/session/create", """{"refreshable":true}""");
        var user = ApiJson.Id(await server.PostAsync("partner/user/create", "{}"));
        var dataset = ApiJson.Id(await server.PostAsync("dataset/create", "{}"));
        var file = await server.CreateFileAsync();
        await server.Owner.UploadTextAsync(file, "a");
        var task = ApiJson.Id(await server.PostAsync("task/create", "{}"));
        await server.PostAsync($"task/{task}/trigger", "{}");
        var now = TimeProvider.System.GetUtcNow();
        await server.Server.Store.InsertAsync(DueWorkTable.Rows, DueWorkRow.New("mail", "one", now, now) with { DueAt = null });
        var bot = ApiJson.Id(await server.PostAsync("bot/create", "{}"));
        var contact = ApiJson.Id(await server.PostAsync("contact/ensure", """{"fingerprint":"0123456789012345"}"""));
        var personal = ApiJson.Id(await server.PostAsync("secret/create", """{"kind":"personal"}"""));
        var page = await server.PostAsync($"contact/{contact}/secret/{personal}/authenticate", "{}");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["value"] = "a" });
        using var entered = await server.Owner.SendAsync(HttpMethod.Post, page.Text("url")!, form);
        await entered.AssertOkAsync();
        return new()
        {
            ["talk"] = talk,
            ["message"] = await server.CreateMessageAsync(talk, "Hello there", "bot"),
            ["session"] = session.Text("sessionId")!,
            ["contact"] = contact,
            ["secret"] = ApiJson.Id(await server.PostAsync("secret/create", """{"value":"a"}""")),
            ["personalSecret"] = personal,
            ["key"] = (await server.GetAsync("session/key/list")).Ids().Single(),
            ["token"] = ApiJson.Id(await server.PostAsync("server/token/create", "{}")),
            ["user"] = user,
            ["userToken"] = ApiJson.Id(await server.PostAsync($"partner/user/{user}/token/create", "{}")),
            ["work"] = "mail.one",
            ["file"] = file,
            ["dataset"] = dataset,
            ["record"] = ApiJson.Id(await server.PostAsync($"dataset/{dataset}/record/create", """{"text":"a"}""")),
            ["bot"] = bot,
            ["trigger"] = ApiJson.Id(await server.PostAsync("integration/trigger/create", $$"""{"botId":"{{bot}}"}""")),
            ["support"] = ApiJson.Id(await server.PostAsync("integration/support/create", """{"email":"help@shop.example"}""")),
            ["extract"] = ApiJson.Id(await server.PostAsync("integration/extract/create", "{}")),
            ["sitemap"] = ApiJson.Id(await server.PostAsync(
                "integration/sitemap/create", $$"""{"datasetId":"{{dataset}}","url":"https://shop.invalid"}""")),
            ["widget"] = ApiJson.Id(await server.PostAsync("integration/widget/create", "{}")),
            ["space"] = ApiJson.Id(await server.PostAsync("space/create", "{}")),
            ["task"] = task,
            ["execution"] = (await server.GetAsync($"task/{task}/execution/list")).Ids().Single(),
            ["blueprint"] = ApiJson.Id(await server.PostAsync("blueprint/create", "{}")),
        };
    }

    private static async Task<(HttpStatusCode Status, bool IsReplayed, string Body)> SendAsync(
        FeatureServer server, string name, string path, string body)
    {
        using var answer = await server.Owner.SendAsync(HttpMethod.Post, path, body, key: name);
        return (answer.StatusCode, answer.Headers.Contains("Idempotent-Replayed"), await answer.Content.ReadAsStringAsync(Token));
    }

    /// <summary>
    /// Returns the fields that both responses must share. A replay contains new session tokens and new signed addresses, and only the
    /// first response has usage.
    /// </summary>
    private static string Lasting(string answer)
    {
        string[] passing = answer.Contains("sk-", StringComparison.Ordinal) ? [] : ["token", "url", "downloadRequest", "uploadRequest", "usage"];
        return string.Join(' ', JsonElement.Parse(answer).EnumerateObject().Where(field => !passing.Contains(field.Name)).Select(field => $"{field}"));
    }
}
