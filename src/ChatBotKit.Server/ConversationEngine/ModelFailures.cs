using ChatBotKit.Server.ModelProviders;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>How a provider's failure looks to a caller: the code of the event, and the status of a plain JSON answer.</summary>
internal static class ModelFailures
{
    public static (string Code, int Status) Describe(ModelProviderException failure) => failure.Failure switch
    {
        ModelFailure.Silent => ("GATEWAY_TIMEOUT", StatusCodes.Status504GatewayTimeout),
        _ => ("BAD_GATEWAY", StatusCodes.Status502BadGateway),
    };
}
