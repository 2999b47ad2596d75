using System.Text.Json.Nodes;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;
using ChatBotKit.Server.Features.Skillsets.Abilities.Writing;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Execution;

/// <summary>
/// Executes abilities. Each call has a time limit, and every failure becomes the error of the call; only the cancellation of the caller is
/// passed on.
/// </summary>
internal sealed class AbilityExecutor(
    AbilityPreparation preparation, AbilitySecrets secrets, InstructionWriter writer, AutomaticInstructions automatic, AbilityModel model,
    AbilityOptions options, EventQueue events, TimeProvider time, ILogger<AbilityExecutor> logger)
{
    /// <param name="ability">The ability.</param>
    /// <param name="call">The run and the number of the call.</param>
    /// <param name="arguments">The arguments of the model or of the request.</param>
    /// <param name="function">The function that is called, for an action that offers several; null otherwise.</param>
    /// <param name="cancellationToken">The token of the caller.</param>
    /// <exception cref="OperationCanceledException">The caller has cancelled the call.</exception>
    public async Task<AbilityResult> ExecuteAsync(
        PreparedAbility ability, EngineCall call, JsonObject arguments, string? function, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        AbilityCall? prepared = null;
        try
        {
            if (ability.Fault is { } fault)
                return AbilityResult.Failed(fault);
            if (ability.Instruction is { NeedsModel: true })
            {
                (ability, arguments) = (await WriteAsync(ability, arguments, call.Scope, either.Token), []);
                if (ability.Fault is { } unknown)
                    return AbilityResult.Failed(unknown);
            }

            prepared = CallOf(ability, call, function is null ? ArgumentCheck.Check(ability, arguments) : arguments, function);
            // An action that ignores its token is left behind.
            return Logged(prepared, prepared.Mask.Of(await ability.Action!.ExecuteAsync(prepared, either.Token).WaitAsync(either.Token)));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Logged(prepared, AbilityResult.Failed("The call was cancelled."));
            throw;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return Logged(prepared, AbilityResult.Failed($"The action took longer than {options.Limit.TotalSeconds:0} seconds and was stopped."));
        }
        catch (Exception exception)
        {
            var error = AbilityResult.Failed(ErrorOf(exception, ability.Ability));
            return Logged(prepared, prepared?.Mask.Of(error) ?? error);
        }
    }

    /// <summary>Lists the functions of an ability whose action offers several. A failure leaves them out.</summary>
    public async Task<IReadOnlyList<AbilityFunction>> ListAsync(PreparedAbility ability, FunctionScope scope, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.ListLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var call = CallOf(ability, new EngineCall(scope, 0, "{}"), [], function: null);
        try
        {
            var functions = await ((IAbilityFunctions)ability.Action!).ListAsync(call, either.Token).WaitAsync(either.Token);
            return [.. functions.Select(function => function with { Description = call.Mask.Of(function.Description) })];
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            logger.LogWarning("The functions of ability {AbilityId} can't be listed: {Reason}", ability.Ability.Id, call.Mask.Of(ErrorOf(exception, ability.Ability)));
            return [];
        }
    }

    /// <summary>
    /// Prepares an ability. An instruction in plain words is written as an action when the ability is stored and a model is available; if
    /// that fails, it is tried again at each call.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller has cancelled the call.</exception>
    public async Task<PreparedAbility> PrepareAsync(Ability ability, UsageCounter usage, CancellationToken cancellationToken)
    {
        var prepared = preparation.Prepare(ability);
        if (ability.Id is null || prepared.Instruction is not { Kind: InstructionKind.Automatic } || !model.IsAvailable)
            return prepared;
        using var limit = new CancellationTokenSource(options.ListLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return preparation.Prepare(ability, await automatic.FindAsync(ability, usage, either.Token), []);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            logger.LogWarning("The instruction of ability {AbilityId} can't be written: {Reason}", ability.Id, ErrorOf(exception, ability));
            return prepared;
        }
    }

    private async Task<PreparedAbility> WriteAsync(
        PreparedAbility ability, JsonObject arguments, FunctionScope scope, CancellationToken cancellationToken)
    {
        var instruction = await writer.ForCallAsync(ability.Ability, ArgumentCheck.Check(ability, arguments), scope, scope.Usage, cancellationToken);
        return preparation.Prepare(ability.Ability, instruction, []) with { IsWrittenForCall = true };
    }

    private AbilityCall CallOf(PreparedAbility ability, EngineCall call, JsonObject arguments, string? function) => new()
    {
        Ability = ability.Ability,
        Scope = call.Scope,
        Number = call.Number,
        Action = ability.Instruction!.Action,
        Function = function,
        IsWrittenForCall = ability.IsWrittenForCall,
        Instruction = ability.Instruction,
        Arguments = arguments,
        Presets = ability.Presets,
        Values = new AbilityValues(ability.Instruction.Slots, arguments, EngineValues.Of(ability.Ability, call.Scope, time.GetUtcNow())),
        Secrets = secrets,
    };

    /// <summary>Adds the end of a call to the event log. The error itself is left out, because it may have texts of the user.</summary>
    private AbilityResult Logged(AbilityCall? call, AbilityResult result)
    {
        if (call is not null)
        {
            events.Add(
                call.Scope.AccountId, $"{EventTypes.ActionPrefix}{call.Action}", SubjectsOf(call), result.Error is null ? null : """{"failed":true}""");
        }

        return result;
    }

    private static List<EventLink> SubjectsOf(AbilityCall call)
    {
        var subjects = new List<EventLink>();
        Add(EventFields.Conversation, call.Scope.ConversationId);
        Add(EventFields.Contact, call.Scope.ContactId);
        Add(EventFields.Bot, call.Scope.BotId);
        Add(EventFields.Skillset, call.Ability.SkillsetId);
        Add(EventFields.Ability, call.Ability.Id);
        return subjects;

        void Add(string field, string? id)
        {
            if (id is not null)
                subjects.Add(new EventLink(field, id));
        }
    }

    private string ErrorOf(Exception exception, Ability ability)
    {
        switch (exception)
        {
            case AbilityException:
                return exception.Message;
            case IApiFailure failure:
                return FaultText.Sentence(failure.Error.Message);
            default:
                // The message of an unknown exception may have parts of the request.
                logger.LogError("Ability {AbilityId} failed: {Exception}", ability.Id, exception.GetType().Name);
                return "The action failed on the server.";
        }
    }
}
