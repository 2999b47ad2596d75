using ChatBotKit.Server.Data;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Commands;

internal static class AbilityEndpoints
{
    public static void MapAbilities(this IEndpointRouteBuilder app) => app.MapApi(group =>
        group.MapPost("/skillset/{skillsetId}/ability/{abilityId}/execute", ExecuteAsync).WithName("executeSkillsetAbility")
            .WithSummary("Executes an ability")
            .AnswersAbility());

    private static async Task<IResult> ExecuteAsync(
        string skillsetId, string abilityId, JsonBody<AbilityExecuteRequest> body, Caller caller, AbilityCommand command, HttpContext context)
    {
        var format = StreamFormats.Of(context.Request);
        var reader = await command.StartAsync(
            skillsetId, abilityId, body.Value, caller, RequestTimeZone.From(context), RunIdOf(context, caller), RunStreamResult.Heartbeat, context.RequestAborted);
        return new RunStreamResult(reader, format, runId: null);
    }

    /// <summary>Returns the id in the keys of side effects. It is the same for a request that is sent again with its key.</summary>
    private static string RunIdOf(HttpContext context, Caller caller) =>
        context.Request.Headers[ApiHeaders.IdempotencyKey].FirstOrDefault() is { Length: > 0 } key ? DerivedId.Of("ability", caller.ScopeId, key, null) : Ids.New();
}
