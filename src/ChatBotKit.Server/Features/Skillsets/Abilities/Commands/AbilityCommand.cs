using System.Text.Json.Nodes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.RunLog;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Commands;

/// <summary>
/// Executes an ability for its owner, outside of a conversation. The events are a log in memory, as those of a stateless run are. A
/// disabled ability is executed as well.
/// </summary>
internal sealed class AbilityCommand(IStore store, AbilityExecutor executor, AbilityUsage usages, TimeProvider time, ILogger<AbilityCommand> logger)
{
    private const int MaxNamespace = 191;

    /// <summary>Starts the execution, and returns the reader of its events.</summary>
    /// <exception cref="ApiException">400: a field is invalid; 404: the skillset or the ability does not exist.</exception>
    public async Task<LogReader> StartAsync(
        string skillset, string abilityId, AbilityExecuteRequest request, Caller caller, string timeZone, string runId, TimeSpan heartbeat, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        faults.CheckText(request.Input, "input", FieldRules.MaxResultBytes);
        faults.CheckText(request.Namespace, "namespace", MaxNamespace);
        var (ability, contactId) = await store.QueryAsync(
            async db => (await FindAsync(db, skillset, abilityId, caller.AccountId), await ContactAsync(db, request.ContactId, caller.AccountId, faults)),
            cancellationToken);
        faults.ThrowIfAny();
        var scope = new FunctionScope
        {
            AccountId = caller.AccountId,
            RunId = runId,
            ContactId = contactId,
            Namespace = request.Namespace,
            Usage = new UsageCounter(),
            TimeZone = timeZone,
        };
        var log = new AppendLog("memory", store: null, last: 0, time);
        var reader = log.CreateReader(after: 0, time, heartbeat);
        _ = ExecuteAsync(log, ability, request.Input, new EngineCall(scope, 1, "{}"), cancellationToken);
        return reader;
    }

    private static async ValueTask<Ability> FindAsync(ISqlSession db, string skillset, string abilityId, string accountId)
    {
        var parent = await db.FindOwnAsync(SkillsetKind.Name, skillset, accountId) ?? throw ApiException.NotFound("Skillset");
        var row = await db.FirstAsync(ResourceTable.Rows, ResourceTable.OfKind, abilityId, AbilityKind.Name);
        return row is not null && row.ParentId == parent.Id ? Ability.Of(row) : throw ApiException.NotFound("Ability");
    }

    private static async ValueTask<string?> ContactAsync(ISqlSession db, string? contactId, string accountId, Faults faults)
    {
        if (string.IsNullOrWhiteSpace(contactId))
            return null;
        if (await db.FindContactAsync(contactId, accountId) is null)
            faults.Add(Contacts.ContactStore.Unknown);
        return contactId;
    }

    private async Task ExecuteAsync(AppendLog log, Ability ability, string? input, EngineCall call, CancellationToken cancellationToken)
    {
        var (events, usage) = (new RunEvents(log, recorder: null), call.Scope.Usage);
        try
        {
            var result = await CountedAsync(ability, input, call, cancellationToken);
            if (result.IsAbort)
                events.Emit("abort", json => json.WriteString("reason"u8, "ability"));
            events.Emit("result", json =>
            {
                usage.Write(json);
                if (result.Error is { } error)
                    json.WriteString("error"u8, error);
                else
                    WriteResult(json, result.Value);
            });
        }
        catch (OperationCanceledException)
        {
            // The caller is gone, so nobody reads the end of the log.
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "Ability {AbilityId} can't be executed", ability.Id);
            events.Emit("error", RunFault.Write);
        }

        log.Complete();
    }

    /// <summary>Executes the ability, and stores the tokens that it used even if the caller has left.</summary>
    private async Task<AbilityResult> CountedAsync(Ability ability, string? input, EngineCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(ability, input, call, cancellationToken);
        }
        finally
        {
            _ = call.Scope.Connections.CloseAsync();
            await usages.StoreAsync(call.Scope);
        }
    }

    private async Task<AbilityResult> RunAsync(Ability ability, string? input, EngineCall call, CancellationToken cancellationToken)
    {
        var prepared = await executor.PrepareAsync(ability, call.Scope.Usage, cancellationToken);
        JsonObject arguments;
        try
        {
            arguments = AbilityInput.Read(input, prepared);
        }
        catch (AbilityException exception)
        {
            return AbilityResult.Failed(exception.Message);
        }

        return await executor.ExecuteAsync(prepared, call, arguments, function: null, cancellationToken);
    }

    private static void WriteResult(System.Text.Json.Utf8JsonWriter json, JsonNode? value)
    {
        json.WritePropertyName("result"u8);
        if (value is null)
            json.WriteNullValue();
        else
            value.WriteTo(json, ChatBotKitJson.ServerOptions);
    }
}
