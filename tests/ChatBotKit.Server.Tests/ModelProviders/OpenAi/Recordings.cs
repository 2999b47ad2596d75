namespace ChatBotKit.Server.Tests.ModelProviders;

/// <summary>Responses of many providers, written from their public documentation.</summary>
internal static class Recordings
{
    public const string OpenAi = """
        data: {"id":"chatcmpl-B1","object":"chat.completion.chunk","created":1790000000,"model":"gpt-4o-2024-08-06","service_tier":"default","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"x9"}

        data: {"id":"chatcmpl-B1","object":"chat.completion.chunk","created":1790000000,"model":"gpt-4o-2024-08-06","choices":[{"index":0,"delta":{"content":"Hello"},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"Q"}

        data: {"id":"chatcmpl-B1","object":"chat.completion.chunk","created":1790000000,"model":"gpt-4o-2024-08-06","choices":[{"index":0,"delta":{"content":" there"},"logprobs":null,"finish_reason":null}],"usage":null}

        data: {"id":"chatcmpl-B1","object":"chat.completion.chunk","created":1790000000,"model":"gpt-4o-2024-08-06","choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"usage":null}

        data: {"id":"chatcmpl-B1","object":"chat.completion.chunk","created":1790000000,"model":"gpt-4o-2024-08-06","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11,"prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}}}

        data: [DONE]


        """;

    public const string OpenAiCalls = """
        data: {"id":"chatcmpl-B2","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"call_A","type":"function","function":{"name":"look","arguments":""}}],"refusal":null},"finish_reason":null}]}

        data: {"id":"chatcmpl-B2","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"q\""}}]},"finish_reason":null}]}

        data: {"id":"chatcmpl-B2","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]},"finish_reason":null}]}

        data: {"id":"chatcmpl-B2","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"call_B","type":"function","function":{"name":"note","arguments":"{}"}}]},"finish_reason":null}]}

        data: {"id":"chatcmpl-B2","object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}

        data: [DONE]


        """;

    public const string Azure = """
        data: {"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[{"prompt_index":0,"content_filter_results":{"hate":{"filtered":false,"severity":"safe"}}}]}

        data: {"choices":[{"content_filter_results":{},"delta":{"content":"","refusal":null,"role":"assistant"},"finish_reason":null,"index":0,"logprobs":null}],"created":1790000000,"id":"chatcmpl-A","model":"gpt-4o","object":"chat.completion.chunk"}

        data: {"choices":[{"content_filter_results":{"hate":{"filtered":false,"severity":"safe"}},"delta":{"content":"Hello there"},"finish_reason":null,"index":0,"logprobs":null}],"created":1790000000,"id":"chatcmpl-A","model":"gpt-4o","object":"chat.completion.chunk"}

        data: {"choices":[{"content_filter_offsets":{"check_offset":44},"content_filter_results":{"hate":{"filtered":false,"severity":"safe"}},"finish_reason":null,"index":0}],"created":0,"id":"","model":"","object":""}

        data: {"choices":[{"content_filter_results":{},"delta":{},"finish_reason":"stop","index":0,"logprobs":null}],"created":1790000000,"id":"chatcmpl-A","model":"gpt-4o","object":"chat.completion.chunk"}

        data: [DONE]


        """;

    public const string OllamaCompatible = """
        data: {"id":"chatcmpl-7","object":"chat.completion.chunk","created":1790000000,"model":"qwen3","system_fingerprint":"fp_ollama","choices":[{"index":0,"delta":{"role":"assistant","content":"","reasoning":"Hm."},"finish_reason":null}]}

        data: {"id":"chatcmpl-7","object":"chat.completion.chunk","created":1790000000,"model":"qwen3","system_fingerprint":"fp_ollama","choices":[{"index":0,"delta":{"role":"assistant","content":"","tool_calls":[{"id":"call_x1","index":0,"type":"function","function":{"name":"look","arguments":"{\"q\":1}"}}]},"finish_reason":null}]}

        data: {"id":"chatcmpl-7","object":"chat.completion.chunk","created":1790000000,"model":"qwen3","system_fingerprint":"fp_ollama","choices":[{"index":0,"delta":{"role":"assistant","content":"","tool_calls":[{"id":"call_x2","index":0,"type":"function","function":{"name":"look","arguments":"{\"q\":2}"}}]},"finish_reason":null}]}

        data: {"id":"chatcmpl-7","object":"chat.completion.chunk","created":1790000000,"model":"qwen3","system_fingerprint":"fp_ollama","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":"tool_calls"}]}

        data: [DONE]


        """;

    public const string OllamaNative = """
        {"model":"llama3.2","created_at":"2026-09-21T14:13:20Z","message":{"role":"assistant","content":"","thinking":"Hm."},"done":false}
        {"model":"llama3.2","created_at":"2026-09-21T14:13:20Z","message":{"role":"assistant","content":"ha"},"done":false}
        {"model":"llama3.2","created_at":"2026-09-21T14:13:20Z","message":{"role":"assistant","content":"ha"},"done":false}
        {"model":"llama3.2","created_at":"2026-09-21T14:13:21Z","message":{"role":"assistant","content":"","tool_calls":[{"function":{"name":"look","arguments":{"q":1}}}]},"done":false}
        {"model":"llama3.2","created_at":"2026-09-21T14:13:21Z","message":{"role":"assistant","content":""},"done_reason":"stop","done":true,"total_duration":4883583458,"prompt_eval_count":26,"eval_count":282}

        """;

    public const string LlamaCpp = """
        data: {"choices":[{"finish_reason":null,"index":0,"delta":{"role":"assistant","content":null}}],"created":1790000000,"id":"chatcmpl-L","model":"gpt-3.5-turbo","system_fingerprint":"b6000","object":"chat.completion.chunk"}

        data: {"choices":[{"finish_reason":null,"index":0,"delta":{"reasoning_content":"Hm."}}],"created":1790000000,"id":"chatcmpl-L","model":"gpt-3.5-turbo","object":"chat.completion.chunk"}

        data: {"choices":[{"finish_reason":null,"index":0,"delta":{"content":"Hello there"}}],"created":1790000000,"id":"chatcmpl-L","model":"gpt-3.5-turbo","object":"chat.completion.chunk"}

        data: {"choices":[{"finish_reason":"stop","index":0,"delta":{}}],"created":1790000000,"id":"chatcmpl-L","model":"gpt-3.5-turbo","object":"chat.completion.chunk"}

        data: {"choices":[],"created":1790000000,"id":"chatcmpl-L","model":"gpt-3.5-turbo","object":"chat.completion.chunk","usage":{"completion_tokens":2,"prompt_tokens":9,"total_tokens":11},"timings":{"prompt_n":9,"predicted_n":2}}

        data: [DONE]


        """;

    public const string Vllm = """
        data: {"id":"chatcmpl-V","object":"chat.completion.chunk","created":1790000000,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"","reasoning_content":null},"logprobs":null,"finish_reason":null}],"prompt_token_ids":null}

        data: {"id":"chatcmpl-V","object":"chat.completion.chunk","created":1790000000,"model":"m","choices":[{"index":0,"delta":{"reasoning":"Hm.","reasoning_content":"Hm."},"logprobs":null,"finish_reason":null,"token_ids":null}]}

        data: {"id":"chatcmpl-V","object":"chat.completion.chunk","created":1790000000,"model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"id":"chatcmpl-tool-1","type":"function","index":0,"function":{"name":"look"}}]},"logprobs":null,"finish_reason":null}]}

        data: {"id":"chatcmpl-V","object":"chat.completion.chunk","created":1790000000,"model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"id":"chatcmpl-tool-2","type":"function","index":0,"function":{"arguments":"{\"q\": 1"}}]},"logprobs":null,"finish_reason":null}]}

        data: {"id":"chatcmpl-V","object":"chat.completion.chunk","created":1790000000,"model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"}"}}]},"logprobs":null,"finish_reason":null}]}

        data: {"id":"chatcmpl-V","object":"chat.completion.chunk","created":1790000000,"model":"m","choices":[{"index":0,"delta":{"content":""},"logprobs":null,"finish_reason":"tool_calls","stop_reason":null}]}

        data: {"id":"chatcmpl-V","object":"chat.completion.chunk","created":1790000000,"model":"m","choices":[],"usage":{"prompt_tokens":9,"total_tokens":11,"completion_tokens":2}}

        data: [DONE]


        """;

    public const string LmStudio = """
        data: {"id":"chatcmpl-s","object":"chat.completion.chunk","created":1790000000,"model":"m","system_fingerprint":"m","choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,"id":"365174485","type":"function","function":{"name":"look","arguments":""}}]},"logprobs":null,"finish_reason":null}]}

        data: {"id":"chatcmpl-s","object":"chat.completion.chunk","created":1790000000,"model":"m","system_fingerprint":"m","choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,"type":"function","function":{"name":"","arguments":"{\"q\":1}"}}]},"logprobs":null,"finish_reason":null}]}

        data: {"id":"chatcmpl-s","object":"chat.completion.chunk","created":1790000000,"model":"m","system_fingerprint":"m","choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"tool_calls"}]}

        data: [DONE]


        """;

    public const string LiteLlm = """
        data: {"id":"chatcmpl-l","created":1790000000,"model":"claude","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"reasoning_content":"Hm.","thinking_blocks":[{"type":"thinking","thinking":"Hm.","signature":null}],"provider_specific_fields":{"thinking_blocks":[{"type":"thinking","thinking":"Hm."}]},"content":"","role":"assistant"}}]}

        data: {"id":"chatcmpl-l","created":1790000000,"model":"claude","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"tool_calls":[{"id":"toolu_1","function":{"arguments":"","name":"look"},"type":"function","index":1}]}}]}

        data: {"id":"chatcmpl-l","created":1790000000,"model":"claude","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"tool_calls":[{"function":{"arguments":"{\"q\":1}"},"type":"function","index":1}]}}]}

        data: {"id":"chatcmpl-l","created":1790000000,"model":"claude","object":"chat.completion.chunk","choices":[{"finish_reason":"tool_calls","index":0,"delta":{}}]}

        data: [DONE]


        """;

    public const string OpenRouter = """
        : OPENROUTER PROCESSING

        : OPENROUTER PROCESSING

        data: {"id":"gen-1","provider":"Anthropic","model":"anthropic/claude-sonnet-4","object":"chat.completion.chunk","created":1790000000,"choices":[{"index":0,"delta":{"role":"assistant","content":"","reasoning":"Hm","reasoning_details":[{"type":"reasoning.text","text":"Hm","format":"anthropic-claude-v1","index":0}]},"finish_reason":null,"native_finish_reason":null,"logprobs":null}]}

        data: {"id":"gen-1","provider":"Anthropic","model":"anthropic/claude-sonnet-4","object":"chat.completion.chunk","created":1790000000,"choices":[{"index":0,"delta":{"role":"assistant","content":"","reasoning":".","reasoning_details":[{"type":"reasoning.text","text":".","format":"anthropic-claude-v1","index":0}]},"finish_reason":null,"native_finish_reason":null,"logprobs":null}]}

        data: {"id":"gen-1","provider":"Anthropic","model":"anthropic/claude-sonnet-4","object":"chat.completion.chunk","created":1790000000,"choices":[{"index":0,"delta":{"role":"assistant","content":"","reasoning":null,"reasoning_details":[{"type":"reasoning.text","signature":"c2ln","format":"anthropic-claude-v1","index":0}]},"finish_reason":null,"native_finish_reason":null,"logprobs":null}]}

        data: {"id":"gen-1","provider":"Anthropic","model":"anthropic/claude-sonnet-4","object":"chat.completion.chunk","created":1790000000,"choices":[{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"toolu_1","type":"function","function":{"name":"look","arguments":""}}]},"finish_reason":null,"native_finish_reason":null,"logprobs":null}]}

        data: {"id":"gen-1","provider":"Anthropic","model":"anthropic/claude-sonnet-4","object":"chat.completion.chunk","created":1790000000,"choices":[{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0,"type":"function","function":{"arguments":"{\"q\": 1}"}}]},"finish_reason":null,"native_finish_reason":null,"logprobs":null}]}

        data: {"id":"gen-1","provider":"Anthropic","model":"anthropic/claude-sonnet-4","object":"chat.completion.chunk","created":1790000000,"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":"tool_calls","native_finish_reason":"tool_use","logprobs":null}]}

        data: {"id":"gen-1","provider":"Anthropic","model":"anthropic/claude-sonnet-4","object":"chat.completion.chunk","created":1790000000,"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null,"native_finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11}}

        data: [DONE]


        """;

    public const string Gemini = """
        data: {"choices":[{"delta":{"role":"assistant","tool_calls":[{"extra_content":{"google":{"thought_signature":"c2lnbmF0dXJl"}},"function":{"arguments":"{\"q\":1}","name":"look"},"id":"function-call-1","type":"function"}]},"index":0}],"created":1790000000,"id":"g1","model":"gemini-3-pro","object":"chat.completion.chunk","usage":{"completion_tokens":1,"prompt_tokens":9,"total_tokens":10}}

        data: {"choices":[{"delta":{"role":"assistant","tool_calls":[{"function":{"arguments":"{\"q\":2}","name":"look"},"id":"function-call-2","type":"function"}]},"finish_reason":"stop","index":0}],"created":1790000000,"id":"g1","model":"gemini-3-pro","object":"chat.completion.chunk","usage":{"completion_tokens":2,"prompt_tokens":9,"total_tokens":11}}

        data: [DONE]


        """;

    public const string Mistral = """
        data: {"id":"m1","object":"chat.completion.chunk","created":1790000000,"model":"magistral-medium","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}

        data: {"id":"m1","object":"chat.completion.chunk","created":1790000000,"model":"magistral-medium","choices":[{"index":0,"delta":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm."}]}]},"finish_reason":null}]}

        data: {"id":"m1","object":"chat.completion.chunk","created":1790000000,"model":"magistral-medium","choices":[{"index":0,"delta":{"content":[{"type":"text","text":"Hello"},{"type":"reference","reference_ids":[1]}]},"finish_reason":null}]}

        data: {"id":"m1","object":"chat.completion.chunk","created":1790000000,"model":"magistral-medium","choices":[{"index":0,"delta":{"content":" there"},"finish_reason":null}]}

        data: {"id":"m1","object":"chat.completion.chunk","created":1790000000,"model":"magistral-medium","choices":[{"index":0,"delta":{"content":""},"finish_reason":"model_length"}],"usage":{"prompt_tokens":9,"total_tokens":11,"completion_tokens":2}}

        data: [DONE]


        """;

    public const string DeepSeek = """
        : keep-alive

        data: {"id":"d1","object":"chat.completion.chunk","created":1790000000,"model":"deepseek-reasoner","system_fingerprint":"fp_2","choices":[{"index":0,"delta":{"role":"assistant","content":null,"reasoning_content":""},"logprobs":null,"finish_reason":null}]}

        data: {"id":"d1","object":"chat.completion.chunk","created":1790000000,"model":"deepseek-reasoner","system_fingerprint":"fp_2","choices":[{"index":0,"delta":{"content":null,"reasoning_content":"Hm."},"logprobs":null,"finish_reason":null}]}

        data: {"id":"d1","object":"chat.completion.chunk","created":1790000000,"model":"deepseek-reasoner","system_fingerprint":"fp_2","choices":[{"index":0,"delta":{"content":"Hello there","reasoning_content":null},"logprobs":null,"finish_reason":null}]}

        data: {"id":"d1","object":"chat.completion.chunk","created":1790000000,"model":"deepseek-reasoner","system_fingerprint":"fp_2","choices":[{"index":0,"delta":{"content":"","reasoning_content":null},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11,"prompt_cache_hit_tokens":0}}

        data: [DONE]


        """;

    public const string Groq = """
        data: {"id":"chatcmpl-q","object":"chat.completion.chunk","created":1790000000,"model":"qwen/qwen3-32b","system_fingerprint":"fp_3","choices":[{"index":0,"delta":{"role":"assistant","reasoning":"Hm.","channel":"analysis"},"logprobs":null,"finish_reason":null}],"x_groq":{"id":"req_1"}}

        data: {"id":"chatcmpl-q","object":"chat.completion.chunk","created":1790000000,"model":"qwen/qwen3-32b","system_fingerprint":"fp_3","choices":[{"index":0,"delta":{"content":"Hello there"},"logprobs":null,"finish_reason":null}]}

        data: {"id":"chatcmpl-q","object":"chat.completion.chunk","created":1790000000,"model":"qwen/qwen3-32b","system_fingerprint":"fp_3","choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"x_groq":{"id":"req_1","usage":{"queue_time":0.01,"prompt_tokens":9,"completion_tokens":2,"total_tokens":11}}}

        data: [DONE]


        """;
}
