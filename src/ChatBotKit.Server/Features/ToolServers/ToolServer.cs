using ChatBotKit.Server.ConversationEngine;

namespace ChatBotKit.Server.Features.ToolServers;

/// <summary>An integration that offers the abilities of a skillset to other programs, and the call that uses it.</summary>
/// <param name="Id">The id of the integration.</param>
/// <param name="Name">The name of the integration.</param>
/// <param name="Description">The description of the integration.</param>
/// <param name="SkillsetId">The skillset; null for none.</param>
/// <param name="Scope">On whose behalf abilities are executed.</param>
internal sealed record ToolServer(string Id, string Name, string Description, string? SkillsetId, FunctionScope Scope);
